import { instantPlus } from "#engine/time/instant.ts";
import { Bulk } from "../bulk.ts";
import type { Desk } from "../handle.ts";
import type { OrderRecord } from "../ports/order-book.ts";
import type { Statement } from "../store/database/database.ts";
import { putOrder } from "../store/orders.ts";
import { COMPANY, insertCompany, insertPhones } from "./company.ts";
import { freshOrders } from "./complaining.ts";
import { ordersBehind } from "./orders.ts";
import { ordinaryCase } from "./ordinary.ts";
import { Player } from "./player.ts";
import { ROOMS_OF_WORK } from "./rooms.ts";
import { runningOrders } from "./running-orders.ts";
import { SITUATIONS } from "./situations.ts";
import { STORIES } from "./stories.ts";
import { dice, SAID } from "./words.ts";

const TOLD = [...STORIES, ...SITUATIONS, ...ROOMS_OF_WORK];
const CASES = 285 + TOLD.length;
const DAYS_BACK = 60;
/** Ordinary cases kept in memory before they are written; the usual demo is written all at once. */
const AT_ONCE = 500;
const MOST_ORDERS = 1_000;

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
	await ensureCompany(desk);
	desk.offices.forget(COMPANY);
	const office = await desk.offices.of(COMPANY);
	const bulk = new Bulk(desk);
	const memory = new Map<string, string>();
	const roll = dice(20260118);
	// a trade added later has nobody in the demo company
	const trades = desk.packs.all.filter((one) => Object.hasOwn(SAID, one.name));
	const seeded: Seeded = { cases: 0, closed: 0, entries: 0 };
	const orders = new Map<string, OrderRecord>();
	const count = (player: Player) => {
		// of a large demo the first orders are enough to call from
		if (orders.size < MOST_ORDERS)
			for (const one of ordersBehind(player.filed, player.pack, player.filedAt)) orders.set(one.number, one);
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
	const book = [...orders.values(), ...freshOrders(now), ...runningOrders(now)].map((one) =>
		putOrder(COMPANY, one, desk.keys, now),
	);
	await bulk.write([...book, ...also]);
	return seeded;
}

/** The company and its people, in one piece: where it stands already, a start was stopped after it. */
async function ensureCompany({ database, keys }: Desk): Promise<void> {
	const [rows = []] = await database.read([
		{ sql: "select 1 from company where company = $1", parameters: [COMPANY] },
	]);
	if (rows.length > 0) return;
	await database.transaction((session) =>
		session.commitWith([...insertCompany(COMPANY, "星河运输"), ...insertPhones(COMPANY, keys)]),
	);
}
