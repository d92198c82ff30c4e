import { instantPlus } from "#engine/time/instant.ts";
import type { Player } from "../player.ts";

/** A complaint as it is told. */
export interface Told {
	name: string;
	n: number;
	words: string;
	seats: [string, string];
	worker: string;
	category: string;
	facts: Record<string, unknown>;
	more?: Record<string, unknown>;
}

/** Filed, graded, claimed, and its complainant called. */
export async function takenUp(
	player: Player,
	handler: string,
	{ name, n, words, seats, worker, category, facts, more }: Told,
) {
	await player.file({
		channel: "phone",
		verbatim: words,
		parties: [
			{ seat: seats[0], name, phone: `1990002${String(1000 + n)}` },
			{ seat: seats[1], person: worker },
		],
		allegations: [{ category, accused: [1] }],
		orders: [
			{ number: `XH20261101${String(10 + n)}`, takenAt: instantPlus(player.at, { hours: -30 }), facts },
		],
		...more,
	});
	await player.act("agent", 3, "GradeCase");
	await player.act(handler, 15, "ClaimCase");
	await player.act(handler, 6, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "已致歉，说明步骤与答复时间。",
	});
}

/** One of a parcel. */
export const express = (
	n: number,
	name: string,
	words: string,
	category: string,
	more?: Record<string, unknown>,
): Told => ({
	...{ n, name, words, category, more },
	seats: ["recipient", "courier"],
	worker: "courier",
	facts: { fee: 2600, insured: true, declared: 300000, delayDays: 2, serviceArea: "domestic" },
});

/** One of a lorry. */
export const freight = (
	n: number,
	name: string,
	words: string,
	category: string,
	more?: Record<string, unknown>,
): Told => ({
	...{ n, name, words, category, more },
	seats: ["shipper", "driver"],
	worker: "driver2",
	facts: { fee: 38000, lateMinutes: 60, carryingOrdered: true, carryingFee: 8000, feePaid: true },
});
