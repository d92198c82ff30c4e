import { instantPlus } from "#engine/time/instant.ts";
import { Bulk } from "../bulk.ts";
import type { Desk } from "../handle.ts";
import type { Statement } from "../store/database/database.ts";
import { COMPANY, insertCompany } from "./company.ts";
import { ordinaryCase } from "./ordinary.ts";
import { Player } from "./player.ts";
import { SITUATIONS } from "./situations.ts";
import { STORIES } from "./stories.ts";
import { dice, SAID } from "./words.ts";

const TOLD = [...STORIES, ...SITUATIONS];
const CASES = 285 + TOLD.length;
const DAYS_BACK = 60;
/** Ordinary cases kept in memory before they are written; the usual demo is written all at once. */
const AT_ONCE = 500;

/** What was made, for whoever asked. */
export interface Seeded {
	cases: number;
	closed: number;
	entries: number;
}

/**
 * The demo company with its people and about 300 cases in every state, among them those told in the seed documents:
 * real commands, folded in memory and written in bulk; the same every time but for ids, dated relative to `now`.
 * `also` is written with the last of them; `cases` is how many in all, the stories first.
 */
export async function seedDemo(
	desk: Desk,
	now: string,
	also: readonly Statement[] = [],
	cases = CASES,
): Promise<Seeded> {
	await desk.database.transaction((session) => session.commitWith(insertCompany(COMPANY, "星河运输")));
	desk.offices.forget(COMPANY);
	const office = await desk.offices.of(COMPANY);
	const bulk = new Bulk(desk);
	const memory = new Map<string, string>();
	const roll = dice(20260118);
	// a trade added later has nobody in the demo company
	const trades = desk.packs.all.filter((one) => Object.hasOwn(SAID, one.name));
	const seeded: Seeded = { cases: 0, closed: 0, entries: 0 };
	const count = (player: Player) => {
		seeded.cases += 1;
		seeded.closed += player.case.closure ? 1 : 0;
		seeded.entries += player.case.seq;
	};
	for (const story of TOLD.slice(0, cases)) {
		const pack = desk.packs.newest(story.pack);
		if (!pack) continue;
		const player = new Player(
			desk,
			bulk,
			office,
			COMPANY,
			pack,
			instantPlus(now, { minutes: -Math.round(story.daysAgo * 1440) }),
			now,
			memory,
		);
		await story.play(player);
		count(player);
	}
	const held: string[] = [];
	for (let n = 0; n < cases - TOLD.length; n++) {
		const pack = trades[n % trades.length];
		if (!pack) break;
		// denser towards today, as an office's open work is
		const back = Math.floor((DAYS_BACK * 24 * 60 * roll.below(1000) ** 2) / 1_000_000);
		const player = new Player(
			desk,
			bulk,
			office,
			COMPANY,
			pack,
			instantPlus(now, { minutes: -(back + 5) }),
			now,
			memory,
		);
		await ordinaryCase(player, n, roll);
		count(player);
		held.push(player.id);
		if (held.length < AT_ONCE) continue;
		await bulk.write();
		for (const id of held.splice(0)) bulk.forget(id);
	}
	await bulk.write(also);
	return seeded;
}
