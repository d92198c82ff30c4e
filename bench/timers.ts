import { COMPANY } from "#server/demo/company.ts";
import { runDue } from "#server/jobs/loop.ts";
import type { Models } from "./filling.ts";
import type { Ground } from "./ground.ts";

export interface TimersFired {
	/** Due rows claimed. */
	rows: number;
	/** Those of them that were accepted as commands and wrote history. */
	commands: number;
	seconds: number;
	/** A second, of the same rows once more: the cases no longer want them. */
	unwanted: number;
	/** Effects (notices, most of them) performed per second afterwards, by pretended ports. */
	effects: number;
}

/**
 * The open models' wake-ups, copied to the filled cases until there are `most`, all due at the same moment as after a
 * standstill, and fired through the jobs' loop: the first `most`, for what fires brings more about that is long due.
 */
export async function fireTimers(
	ground: Ground,
	models: Models,
	cases: number,
	most: number,
): Promise<TimersFired> {
	const { redress, clock, rows } = ground;
	const prepared = [COMPANY, cases / 10, most, models.open] as const;
	await prepare(ground, "a", prepared);
	const [last] = await rows<{ at: string }>(
		"select max(at) + interval '1 minute' as at from due where kind = 'timer'",
	);
	const now = last?.at ?? redress.desk.clock();
	clock.at = now;
	const run = async (kind: "timer" | "effect", most: number) => {
		const before = performance.now();
		let count = 0;
		for (let claimed = 1; claimed > 0 && count < most; count += claimed)
			claimed = await runDue(redress.desk, redress.outside, { now, kinds: [kind] });
		return { count, seconds: (performance.now() - before) / 1000 };
	};
	const timers = await run("timer", most);
	const [{ count: commands = 0 } = {}] = await rows<{ count: number }>(
		"select count(distinct command_id) as count from history where recorded_at = $1",
		now,
	);
	const effects = await run("effect", most / 10);
	await rows("delete from due where kind = 'timer'");
	await prepare(ground, "b", prepared);
	const again = await run("timer", most);
	clock.at = null;
	return {
		...{ rows: timers.count, commands, seconds: timers.seconds },
		unwanted: again.count / again.seconds,
		effects: effects.count / effects.seconds,
	};
}

async function prepare(
	{ rows, write }: Ground,
	batch: string,
	parameters: readonly unknown[],
): Promise<void> {
	await write([
		{
			sql: `insert into due select x.* from generate_series(0, $2::int - 1) i
join bench_model m on m.k = i % $4::int
join bench_due r on r.company = $1 and r.stream = m.stream
cross join lateral jsonb_populate_record(r, jsonb_build_object('id', r.id || '-${batch}' || i, 'stream', 'c' || i * 10)) x limit $3`,
			parameters,
		},
	]);
	await rows("vacuum (analyze) due");
}
