import { testDatabase } from "../store/database/testing.ts";
import { deskUnderTest } from "./testing.ts";
const database = await testDatabase();
const under = await deskUnderTest(database);
const { case: id } = await under.file();
await under.write({ sql: "delete from due", parameters: [] });
const N = 10000;
await under.write({ sql: `insert into snapshot (company, stream, kind, seq, fold, head, state) select company, stream || '-' || g, kind, seq, fold, head, state from snapshot, generate_series(1, ${N}) g where stream = '${id}'`, parameters: [] });
await under.write({ sql: `insert into due (company, id, stream, kind, key, at, payload) select '${under.company}', 'x' || g, '${id}-' || g, 'timer', 'offer:o1', '2026-03-02T02:00:00Z'::timestamptz - make_interval(secs => g), '{"type":"ExpireOffer","offer":"o1"}' from generate_series(1, ${N}) g`, parameters: [] });
const times: Record<string, number> = {};
const d = under.desk.database as { transaction: Function; read: Function };
for (const name of ["transaction", "read"] as const) {
  const old = d[name].bind(d);
  d[name] = async (...a: unknown[]) => { const t = performance.now(); const r = await old(...a); const k = name + (times[name + "n"] = (times[name + "n"] ?? 0) + 1) ; times[k] = performance.now() - t; return r; };
}
for (let done = 1; done > 0;) { for (const k of Object.keys(times)) delete times[k]; const c = process.cpuUsage(); const t = performance.now(); done = await under.run({ kinds: ["timer"] }); console.log(Math.round(performance.now() - t), Object.entries(times).filter(([k]) => !k.endsWith("n")).map(([k, v]) => k + ":" + Math.round(v)).join(" "), "cpu", Math.round(process.cpuUsage(c).user / 1000)); }
await database.close();
