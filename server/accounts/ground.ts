import type { Clock } from "../ports/clock.ts";
import type { SendResult } from "../ports/notifier.ts";
import type { Database } from "../store/database/database.ts";
import type { Keys } from "../store/kept.ts";
import type { Language } from "./words.ts";

/** A one-time code on its way to a phone. */
export interface CodeMessage {
	company: string;
	phone: string;
	code: string;
	/** How long it is good for. */
	minutes: number;
	language: Language;
}

/** What accounts stand on. */
export interface Ground {
	database: Database<unknown>;
	keys: Keys;
	/** 32 bytes; what sessions are signed with is drawn from it. */
	secretKey: Buffer;
	/** Where people reach the server; cookies are marked secure when it begins with https. */
	publicUrl: string;
	/** For limits, codes and links; sessions run on the machine's clock. */
	clock: Clock;
	sendCode: (message: CodeMessage) => Promise<SendResult>;
	/** Work whose length must not show in the answer; its failure goes to `report`. */
	later: (work: () => Promise<void>) => void;
	report: (sentence: string) => void;
}
