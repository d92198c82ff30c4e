import { instantPlus } from "#engine/time/instant.ts";
import { Bulk } from "../bulk.ts";
import type { Desk } from "../handle.ts";
import type { Statement } from "../store/database/database.ts";
import { COMPANY, insertCompany } from "./company.ts";
import { ordinaryCase } from "./ordinary.ts";
import { Player } from "./player.ts";
import { STORIES } from "./stories.ts";
import { dice } from "./words.ts";

const ORDINARY_CASES = 290;
const DAYS_BACK = 60;

/** What was made, for whoever asked. */
export interface Seeded {
	cases: number;
	closed: number;
	entries: number;
}

/**
 * The demo company with its people and about 300 cases in every state, among them those told in the seed documents:
 * real commands, folded in memory and written in bulk; the same every time but for ids, dated relative to `now`.
 */
export async function seedDemo(desk: Desk, now: string, also: readonly Statement[] = []): Promise<Seeded> {
	await desk.database.transaction((session) => session.commitWith(insertCompany(COMPANY, "星河运输")));
	desk.offices.forget(COMPANY);
	const office = await desk.offices.of(COMPANY);
	const bulk = new Bulk(desk);
	const roll = dice(20260118);
	const trades = desk.packs.all;
	const seeded: Seeded = { cases: 0, closed: 0, entries: 0 };
	const count = (player: Player) => {
		seeded.cases += 1;
		seeded.closed += player.case.closure ? 1 : 0;
		seeded.entries += player.case.seq;
	};
	for (const story of STORIES) {
		const pack = desk.packs.newest(story.pack);
		if (!pack) continue;
		const player = new Player(desk, bulk, office, COMPANY, pack, instantPlus(now, { days: -story.daysAgo }), now);
		await story.play(player);
		count(player);
	}
	for (let n = 0; n < ORDINARY_CASES; n++) {
		const pack = trades[n % trades.length];
		if (!pack) break;
		// denser towards today, as an office's open work is
		const back = Math.floor((DAYS_BACK * 24 * 60 * roll.below(1000) ** 2) / 1_000_000);
		const player = new Player(desk, bulk, office, COMPANY, pack, instantPlus(now, { minutes: -(back + 5) }), now);
		await ordinaryCase(player, n, roll);
		count(player);
	}
	await bulk.write(also);
	return seeded;
}
