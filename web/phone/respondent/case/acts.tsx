import type { ReactNode } from "react";
import { Appeal } from "./appeal.tsx";
import { Block } from "./block.tsx";
import { Call } from "./call.tsx";
import { Chat } from "./chat.tsx";
import { CoachPage } from "./coach.tsx";
import { Explain } from "./explain.tsx";
import { Offer } from "./offer.tsx";
import { Propose } from "./propose.tsx";

const PAGES: Readonly<Record<string, () => ReactNode>> = {
	coach: CoachPage,
	call: Call,
	chat: Chat,
	offer: Offer,
	explain: Explain,
	appeal: Appeal,
	propose: Propose,
	block: Block,
};

/** What one can do in a case, by what stands in the address. */
export function Act({ act }: { act: string }) {
	const Page = PAGES[act];
	return Page ? <Page /> : null;
}
