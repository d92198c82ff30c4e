import type { Case } from "#engine/case.ts";
import { COMPANY } from "#server/demo/company.ts";
import type { Statement } from "#server/store/database/database.ts";
import { lookupOf } from "#server/store/kept.ts";
import { tokensOf } from "#server/store/tokens.ts";
import type { Ground } from "./ground.ts";

/**
 * Very many cases: copies of the demo's cases, which stand in every state. A copy has its own ids, numbers, people,
 * times and words; case n is called `cn`, its order `SF` and n + 1,000,000; every tenth is open. What only a history
 * needs is not copied, and snapshots of closed cases keep their model's content, for the sake of time.
 */

/** Stands in a model's text for the number of the copy. */
const HOLE = "§";

/** The outlet whose lead reads: one of 499, as large as the others. */
export const OUTLET = "outlet-longhua";
const outlet = `case n % 499 when 7 then '${OUTLET}' else 'outlet-' || n % 499 end`;

/** Cases closed more than two weeks ago (at a case a minute) wait for nobody. */
const settled = "(r.closed_at is not null and n > 20000)";

/** Plates to be searched for, each in a few cases of every hundred thousand. */
export const PLATES = Array.from({ length: 1000 }, (_, n) => `粤B${10000 + n}`);

/** How many models are open, and how many closed; the open ones come first. */
export interface Models {
	open: number;
	closed: number;
}

/** Makes the demo's cases the models for `fill`. */
export async function prepareFill({ rows, write, redress }: Ground): Promise<Models> {
	const models = await rows<{ stream: string; seq: number; fold: number; head: string; state: Case }>(
		`select stream, seq, fold, head, state from snapshot where company = $1 and kind = 'case'
order by state->>'closure' is not null, stream`,
		COMPANY,
	);
	const plates = PLATES.map((one) => lookupOf(one, redress.desk.keys));
	const phrases = phrasesOf();
	await write([
		{
			sql: "create table bench_model (k int primary key, stream text, seq int, fold int, head text, verbatim text, state text)",
			parameters: [],
		},
		{ sql: "create table bench_phrase (k int primary key, content text, v tsvector)", parameters: [] },
		{ sql: "create table bench_plate (k int primary key, lookup bytea)", parameters: [] },
		{ sql: "create table bench_due as select * from due where kind = 'timer'", parameters: [] },
		...models.map(
			({ stream, seq, fold, head, state }, n): Statement => ({
				sql: "insert into bench_model values ($1, $2, $3, $4, $5, $6, $7)",
				parameters: [n, stream, seq, fold, head, state.intake?.verbatim.ref, templateOf(state)],
			}),
		),
		...phrases.map(
			(content, n): Statement => ({
				sql: "insert into bench_phrase values ($1, $2, array_to_tsvector($3::text[]))",
				parameters: [n, content, tokensOf(content)],
			}),
		),
		{
			sql: "insert into bench_plate select n - 1, lookup from unnest($1::bytea[]) with ordinality as t(lookup, n)",
			parameters: [plates],
		},
	]);
	const open = models.filter((one) => one.state.closure === null).length;
	return { open, closed: models.length - open };
}

function templateOf(state: Case): string {
	const text = JSON.stringify(state);
	if (text.includes(HOLE)) throw new Error(`case ${state.number} says ${HOLE}`);
	return text
		.replaceAll(`"${state.id}"`, `"c${HOLE}"`)
		.replaceAll(`"${state.number}"`, `"N${HOLE}"`)
		.replaceAll(/"ref":"([^"]+)"/g, `"ref":"$1-${HOLE}"`);
}

const THINGS =
	"保温杯 行李箱 手机壳 生鲜 电脑 家具 玻璃柜 文件 航班 酒店 货车 拖车 仓库 托盘 冰箱 空调 钢琴 轮胎 药品 海鲜 水果 蛋糕 茶叶 衣服 雨伞";
const TROUBLES =
	"压扁了 丢失了 晚到三天 态度恶劣 错送别人 没有签收 放在驿站 扔在楼道 电话不接 客服推诿 要求赔偿 拒绝退款 运费太贵 没有保价 已经报警 停在高速 绕路很远 临时加价 拒载乘客 雨淋湿了 少了一件 不肯上楼 电梯故障 司机辱骂 包装破损 冷链断了 回单没有 装卸粗暴 等待两小时 虚假签收 泄露电话 改派失败 误点误机 轮子坏了 划伤车身 油漆掉了 拖拽受损 发票不开 押金不退 平台不管";

/** Words of which each is in one of 4,000 cases. */
export const RARE = "鹦鹉 古琴 砚台 蜂箱 假牙 轮椅 奖杯 族谱 邮票 标本".split(" ");

/** A thousand phrases, each thing with each trouble; then the rare ones, and one that says nothing. */
function phrasesOf(): string[] {
	const usual = TROUBLES.split(" ").flatMap((trouble) =>
		THINGS.split(" ").map((thing) => `${thing}${trouble}，`),
	);
	return [...usual, ...RARE.map((word) => `${word}受损，`), ""];
}

const PHRASES_PER_CASE = 7;

/** Adds the cases from `from` to before `to`, and has the database look at its tables, as it does every night. */
export async function fill(ground: Ground, models: Models, from: number, to: number): Promise<void> {
	const step = 5_000;
	for (let start = from; start < to; start += step) {
		await ground.write(copies(models, start, Math.min(to, start + step)));
	}
	await ground.rows("vacuum (analyze)");
}

function copies({ open, closed }: Models, from: number, to: number): Statement[] {
	const parameters = [from, to, COMPANY];
	const model = `generate_series($1::int, $2::int - 1) n
join bench_model m on m.k = case when n % 10 = 0 then (n / 10) % ${open} else ${open} + n % ${closed} end`;
	const picked = Array.from({ length: PHRASES_PER_CASE }, (_, k) => `p${k}`);
	// a third power: the first phrases are in many cases, the last in few
	const phrases = picked
		.map(
			(p, k) =>
				`join bench_phrase ${p} on ${p}.k = floor(1000 * power((hashint4(n * 8 + ${k}) & 1048575) / 1048576.0, 3))::int`,
		)
		.join(" ");
	const said = picked.map((p) => `${p}.content`).join(" || ");
	const tokens = picked.map((p) => `${p}.v`).join(" || ");
	return [
		{
			sql: `insert into snapshot (company, stream, kind, seq, fold, head, state)
select $3, 'c' || n, 'case', m.seq, m.fold, m.head, replace(m.state, '${HOLE}', n::text)::jsonb from ${model} where n % 10 = 0`,
			parameters,
		},
		{
			sql: `insert into snapshot (company, stream, kind, seq, fold, head, state)
select $3, 'c' || n, 'case', m.seq, m.fold, m.head, s.state from ${model}
join snapshot s on s.company = $3 and s.stream = m.stream where n % 10 <> 0`,
			parameters,
		},
		{
			sql: copied("case_row", "id", model, {
				id: "'c' || n",
				number: "'N' || n",
				owner:
					"case when r.owner is null then null when n % 61 = 0 then 'handler' else 'handler-' || n % 61 end",
				organisation: outlet,
				line: `array[${outlet}]`,
				waiting: `case when ${settled} then '{}'
  else array(select case when w like 'person:%' and n % 61 > 0 then 'person:handler-' || n % 61 else w end from unnest(r.waiting) w) end`,
				awaited: `case when ${settled} then '{}' else r.awaited end`,
				people: "case when n % 4999 = 0 then array['courier'] else array['worker-' || n % 4999] end",
				orders: "array['SF' || 1000000 + n]",
				received_at: "(now() - n * interval '61 seconds')::text",
				changed_at: "(now() - n * interval '61 seconds' + (hashint4(n) & 4095) * interval '1 minute')::text",
				next_due: `case when r.next_due = 'infinity' or ${settled} then 'infinity'
  else (now() + (hashint4(n) % 10000) * interval '1 minute')::text end`,
				complainant_ref: "r.complainant_ref || '-' || n",
				respondent_ref: "r.respondent_ref || '-' || n",
				words_ref: "r.words_ref || '-' || n",
				touched_at: "'-infinity'",
			}),
			parameters,
		},
		{
			sql: copied("words", "stream", `${model} ${phrases}`, {
				ref: "r.ref || '-' || n",
				stream: "'c' || n",
				content: `case when r.ref = m.verbatim then ${said} else r.content end`,
				plain: `case when r.ref = m.verbatim then ${said} else r.plain end`,
			}),
			parameters,
		},
		{
			sql: copied("personal", "stream", `${model} join bench_plate p on p.k = n % 1000`, {
				ref: "r.ref || '-' || n",
				stream: "'c' || n",
				lookup:
					"case when r.keep = 'plate' and n % 17 = 0 then p.lookup else sha256(convert_to(r.ref || n, 'utf8')) end",
			}),
			parameters,
		},
		{
			sql: `insert into case_search (company, id, v)
select $3, 'c' || n, ${tokens} || array_to_tsvector(array['sf' || 1000000 + n, right('sf' || 1000000 + n, 8)])
from generate_series($1::int, $2::int - 1) n ${phrases}`,
			parameters,
		},
	];
}

/** The models' rows of a table with some columns changed. */
function copied(table: string, stream: string, from: string, changed: Record<string, string>): string {
	const changes = Object.entries(changed).map(([column, value]) => `'${column}', ${value}`);
	return `insert into ${table} select x.* from ${from} join ${table} r on r.company = $3 and r.${stream} = m.stream
cross join lateral jsonb_populate_record(r, jsonb_build_object(${changes.join(", ")})) x`;
}
