import { listCases } from "#server/store/case-list.ts";
import type { Statement } from "#server/store/database/database.ts";
import { readSnapshot } from "#server/store/snapshots.ts";
import { textsFor } from "#server/store/texts.ts";
import { COMPANY, type Ground, person, times } from "./ground.ts";

/**
 * Fills the tables that lists, search and the case page read with `count` cases: one real case, filed through the
 * write path, copied with other ids, owners, times and words.
 */
export async function fill(
	{ database, kind }: Ground,
	like: string,
	from: number,
	to: number,
): Promise<void> {
	const step = 20_000;
	for (let start = from; start < to; start += step) {
		const end = Math.min(to, start + step);
		await database.transaction((session) => session.commitWith(copies(like, start, end)));
	}
	if (kind === "postgres") await database.read([{ sql: "vacuum analyze", parameters: [] }]);
	else await database.read([{ sql: "analyze", parameters: [] }]);
}

/** Two-character words, so that texts differ and words have common and rare ones. */
const WORDS =
	"破损 丢失 延误 态度 压扁 错送 签收 驿站 楼道 电话 客服 赔偿 退款 运费 保价 报警 高速 拖车 航班 酒店 等待 搬运 上楼 电梯 加价 绕路 拒载 司机 仓库 托盘 回单 装卸 雨淋 生鲜 冷链 家具 玻璃 手机 电脑 证件";

function copies(like: string, from: number, to: number): Statement[] {
	const series = "generate_series($2::int, $3::int - 1) n";
	const parameters = [like, from, to, COMPANY];
	const words = `(array['${WORDS.split(" ").join("','")}'])`;
	const pick = (k: number) => `${words}[1 + (n * ${k} + n / ${k + 7}) % 40]`;
	return [
		{
			sql: `insert into case_row select company, 'c' || n, 'N' || n, (array['express','ride-hailing','freight-hailing','logistics-enterprise','roadside-rescue'])[1 + n % 5], kind, source, channel, organisation, line, case when n % 4 = 0 then null else 'handler-' || n % 60 end, urgency, (array['A','B','C'])[1 + n % 3], step, outcome, restricted, joined, categories, array['SF' || (1000000 + n)], outside, people, respondents, waiting, received_at - n * interval '1 minute', changed_at - n * interval '1 minute', case when n % 10 < 7 then 'infinity' else received_at + n * interval '1 minute' end, 'infinity', breached, case when n % 10 < 7 then received_at end, amount from case_row, ${series} where company = $4 and id = $1`,
			parameters,
		},
		{
			sql: `insert into snapshot select company, 'c' || n, kind, seq, fold, head, state from snapshot, ${series} where company = $4 and stream = $1`,
			parameters,
		},
		{
			sql: `insert into words (company, ref, stream, content, plain) select $4, 'w' || n, 'c' || n, t, t from (select n, '客户反映' || ${pick(3)} || '和' || ${pick(11)} || '问题，' || ${pick(17)} || '，要求' || ${pick(29)} as t from ${series}) s where $1::text is not null`,
			parameters,
		},
		{
			sql: `insert into case_search (company, id, v) select $4, 'c' || n, array_to_tsvector(array[${pick(3)}, ${pick(11)}, ${pick(17)}, ${pick(29)}, '客户', '反映', 'sf' || (1000000 + n), '#' || md5('plate' || n)]) from ${series} where $1::text is not null`,
			parameters,
		},
	];
}

export interface Readings {
	[what: string]: { p50: number; p95: number };
}

/** Inbox page, next page deep in, filtered page, search and one case with its texts. */
export async function readings(
	ground: Ground,
	count: number,
	search: (q: string) => Statement[],
): Promise<Readings> {
	const { database } = ground;
	const handler = person("handler-1", "handler");
	const list = (after: { value: string; id: string } | null, filter = {}) =>
		database.read([listCases(handler, { closed: false, ...filter }, "due", after, 50)]);
	const deep = new Date(Date.now() + count * 30_000).toISOString();
	return {
		"inbox, first page": await times(100, () => list(null)),
		"inbox, page deep in": await times(100, () => list({ value: deep, id: "c0" })),
		"inbox, mine": await times(100, () => list(null, { mine: true })),
		"inbox, one trade": await times(100, () => list(null, { pack: ["express"] })),
		"search, two characters": await times(60, (n) =>
			database.read(search(["航班", "破损", "电梯", "冷链"][n % 4] ?? "")),
		),
		"search, traditional": await times(60, () => database.read(search("賠償"))),
		"search, plate": await times(60, () => database.read(search("粤B12345"))),
		"search, order number": await times(60, (n) =>
			database.read(search(`SF${1000000 + ((n * 997) % count)}`)),
		),
		"one case": await times(100, async (n) => {
			const [rows = []] = await database.read([readSnapshot(COMPANY, `c${(n * 7919) % count}`)]);
			if (rows.length !== 1) throw new Error("no such case");
			await textsFor({ database }, COMPANY, [{ ref: `w${(n * 7919) % count}`, hash: "" }]);
		}),
	};
}
