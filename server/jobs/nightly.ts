import { dayOf, epochOf, type Instant, instantAt } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { newId } from "../ids.ts";
import type { Database, Statement } from "../store/database/database.ts";
import { oldDrafts } from "../store/drafts.ts";
import type { Claim } from "../store/due-claims.ts";
import { insertSeal, readSeal, sealOf } from "../store/seals.ts";
import { later, type Outcome } from "./outcome.ts";
import { type Batch, performUnits } from "./units.ts";

/** What is done for each company once a night: the daily seal, and clearing away what is no longer needed. */

/** Three in the morning: everything of the day before has long been committed. */
const HOUR = Temporal.PlainTime.from("03:00");

/** Answers to repeated requests are kept for 7 days, deliveries that ended for 90, drafts untouched for 30. */
const KEPT_DAYS = { answers: 7, deliveries: 90, drafts: 30 };
const ROWS_AT_ONCE = 5_000;

export async function runNightlies(batch: Batch, claims: readonly Claim[]): Promise<void> {
	await performUnits(
		batch,
		claims.map((one) => [one]),
		1,
		async ({ company }) => {
			const zone = (await batch.desk.offices.of(company)).zone;
			const next: Outcome = { is: "later", at: nextNight(batch.now, zone) };
			try {
				await sealYesterday(batch, company, zone);
				await clearAway(batch, company);
				await ensureNightlies(batch.desk);
				if (batch.desk.database.kind === "pglite") await tidy(batch.desk.database);
				return next;
			} catch (error) {
				// tonight's is lost at worst: a night is never given up, for then no other would follow
				batch.outside.report(`nightly work of company ${company} failed`, error);
				return { ...next, at: later(batch.now, RETRY_MS), why: "failed" };
			}
		},
	);
}

const RETRY_MS = 900_000;

/** The next three o'clock on the company's wall clock. */
export function nextNight(now: Instant, zone: string): Instant {
	const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
	const today = here.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: HOUR });
	const next = Temporal.ZonedDateTime.compare(today, here) > 0 ? today : today.add({ days: 1 });
	return instantAt(next.epochMilliseconds);
}

async function sealYesterday(
	{ desk: { database }, now }: Batch,
	company: string,
	zone: string,
): Promise<void> {
	const today = Temporal.PlainDate.from(dayOf(now, zone));
	const day = today.subtract({ days: 1 }).toString();
	const [known = []] = await database.read([readSeal(company, day)]);
	if (known.length > 0) return;
	const end = instantAt(today.toZonedDateTime(zone).epochMilliseconds);
	const seal = await sealOf(database, company, day, end);
	await database.transaction((session) => session.commitWith([insertSeal(seal)]));
}

/** In pieces, so that nobody waits for long. */
async function clearAway({ desk: { database }, now }: Batch, company: string): Promise<void> {
	const before = (days: number) => instantAt(epochOf(now) - days * 86_400_000);
	for (const statement of [
		oldAnswers(company, before(KEPT_DAYS.answers)),
		oldDeliveries(company, before(KEPT_DAYS.deliveries)),
		oldDrafts(company, before(KEPT_DAYS.drafts), ROWS_AT_ONCE),
	])
		for (let count = ROWS_AT_ONCE; count === ROWS_AT_ONCE; ) {
			const [rows = []] = await database.transaction((session) => session.commitWith([statement]));
			count = rows.length;
		}
}

function oldAnswers(company: string, before: Instant): Statement {
	return {
		name: "old-answers",
		sql: `delete from idempotency where ctid = any(array(
  select ctid from idempotency where company = $1 and at < $2 order by at limit ${ROWS_AT_ONCE})) returning 1`,
		parameters: [company, before],
	};
}

function oldDeliveries(company: string, before: Instant): Statement {
	return {
		name: "old-deliveries",
		sql: `delete from delivery where ctid = any(array(
  select ctid from delivery where company = $1 and made_at < $2 and (delivered_at is not null or given_up_at is not null)
  order by made_at limit ${ROWS_AT_ONCE})) returning 1`,
		parameters: [company, before],
	};
}

/** Tables whose rows are rewritten all the time. PostgreSQL tidies them of itself, the embedded one does not. */
const BUSY = ["due", "snapshot", "case_row", "case_search", "notice", "delivery", "idempotency", "draft"];

async function tidy(database: Database<unknown>): Promise<void> {
	for (const table of BUSY) await database.read([{ sql: `vacuum (analyze) ${table}`, parameters: [] }]);
}

/** Every company has its night in the due table; new ones get theirs here. */
export async function ensureNightlies({ database, clock }: Pick<Desk, "database" | "clock">): Promise<void> {
	const [rows = []] = (await database.read([
		{
			name: "without-nightly",
			sql: `select company, zone from company c where not exists (
  select 1 from due d where d.company = c.company and d.stream = c.company and d.kind = 'nightly')`,
			parameters: [],
		},
	])) as { company: string; zone: string }[][];
	if (rows.length === 0) return;
	const now = clock();
	await database.transaction((session) =>
		session.commitWith([
			{
				name: "ensure-nightly",
				sql: `insert into due (company, id, stream, kind, key, at, payload)
select t.company, t.id, t.company, 'nightly', 'nightly', t.at, '{}' from unnest($1::text[], $2::text[], $3::timestamptz[]) as t(company, id, at)
on conflict (company, stream, kind, key) do nothing`,
				parameters: [
					rows.map((one) => one.company),
					rows.map(() => newId()),
					rows.map((one) => nextNight(now, one.zone)),
				],
			},
		]),
	);
}
