import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Desk } from "../handle.ts";
import { ownMigrations, readMigrations } from "../store/database/migrate.ts";
import { type DueStanding, FAILED_ROWS, LAST_MIGRATION, lateRows, WAITING_ROWS } from "../store/health.ts";
import type { App, Edge } from "./app.ts";
import { Counter, Durations, gauge } from "./figures.ts";

/** How long the database may take to answer before the process counts as not ready. */
const PATIENCE_MS = 2_000;
/** The due table is counted no more often. */
const COUNTED_EVERY_MS = 10_000;
const tags = ["health"];
const config = { rateLimit: false };

/** For whoever runs the server: is it alive, may it be given work, how is it doing. */
export async function healthRoutes(app: App, edge: Edge): Promise<void> {
	const last = (await readMigrations(ownMigrations)).length;
	app.get("/healthz", { config, schema: { summary: "The process is alive", tags } }, async () => ({
		ok: true,
	}));
	const ready = { summary: "The process may be given work", tags };
	app.get("/readyz", { config, schema: ready }, async (_request, reply) => {
		const applied = await appliedMigration(edge.desk);
		const checks = {
			database: applied !== null,
			migrations: applied === last,
			packs: edge.desk.packs.all.length > 0,
		};
		const ok = Object.values(checks).every(Boolean);
		return reply.status(ok ? 200 : 503).send({ ok, ...checks });
	});
	figureRoute(app, edge);
}

async function appliedMigration({ database }: Desk): Promise<number | null> {
	const asked = database.read([LAST_MIGRATION]).then(
		([rows = []]) => (rows[0] as { last: number }).last,
		() => null,
	);
	const { promise: late, resolve } = Promise.withResolvers<null>();
	const timer = setTimeout(() => resolve(null), PATIENCE_MS);
	return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

function figureRoute(app: App, edge: Edge): void {
	const requests = new Counter("redress_http_requests_total", "Requests answered, by route and status.");
	const durations = new Durations("redress_http_request_seconds", "How long requests took, by route.");
	const commands = new Counter("redress_commands_total", "Commands, by what became of them.");
	const delay = monitorEventLoopDelay({ resolution: 20 });
	delay.enable();
	app.addHook("onClose", async () => void delay.disable());
	app.addHook("onResponse", async (request, reply) => {
		const route = request.routeOptions.url ?? "unmatched";
		requests.add({ method: request.method, route, status: String(reply.statusCode) });
		durations.add({ method: request.method, route }, reply.elapsedTime / 1000);
		if (request.outcome) commands.add(request.outcome);
	});
	const due = dueFigures(edge.desk);
	const figures = { summary: "Figures in Prometheus' text format", tags };
	app.get("/metrics", { config, schema: figures }, async (_request, reply) => {
		const parts = [requests.text(), durations.text(), commands.text(), await due(), ownFigures(delay)];
		delay.reset();
		return reply.type("text/plain; version=0.0.4; charset=utf-8").send(parts.join("\n"));
	});
}

/** Counted now and then only; a database that doesn't answer leaves the figures out. */
function dueFigures({ database, clock }: Desk): () => Promise<string> {
	let counted = { at: Number.NEGATIVE_INFINITY, text: "" };
	return async () => {
		if (performance.now() - counted.at < COUNTED_EVERY_MS) return counted.text;
		const text = await database.read([lateRows(clock()), FAILED_ROWS, WAITING_ROWS]).then(dueText, () => "");
		counted = { at: performance.now(), text };
		return text;
	};
}

function dueText([late = [], failed = [], waiting = []]: unknown[][]): string {
	const standing = late as DueStanding[];
	const [row] = waiting as { waiting: number }[];
	return [
		gauge("redress_due_rows_waiting", "Rows of the due table not given up, counted up to 100000.", [
			[{}, row?.waiting ?? 0],
		]),
		gauge(
			"redress_due_rows_late",
			"Rows that are due and not done, by kind.",
			standing.map(({ kind, late }) => [{ kind }, late]),
		),
		gauge(
			"redress_due_late_seconds",
			"For how long the oldest of them has been due.",
			standing.map(({ kind, lateSeconds }) => [{ kind }, lateSeconds]),
		),
		gauge(
			"redress_due_rows_failed",
			"Rows given up, by kind.",
			(failed as { kind: string; failed: number }[]).map(({ kind, failed }) => [{ kind }, failed]),
		),
	].join("\n");
}

const NANOSECOND = 1e-9;

function ownFigures(delay: ReturnType<typeof monitorEventLoopDelay>): string {
	const { rss, heapUsed } = process.memoryUsage();
	const { user, system } = process.cpuUsage();
	const quantile = (percent: number) => (delay.count > 0 ? delay.percentile(percent) * NANOSECOND : 0);
	return [
		gauge(
			"redress_event_loop_delay_seconds",
			"How late the event loop was, since the figures were asked last.",
			[
				[{ quantile: "0.5" }, quantile(50)],
				[{ quantile: "0.99" }, quantile(99)],
				[{ quantile: "1" }, delay.count > 0 ? delay.max * NANOSECOND : 0],
			],
		),
		gauge("process_resident_memory_bytes", "Memory held.", [[{}, rss]]),
		gauge("nodejs_heap_size_used_bytes", "Heap in use.", [[{}, heapUsed]]),
		gauge("process_cpu_seconds", "Processor time spent.", [[{}, (user + system) / 1e6]]),
		gauge("process_uptime_seconds", "Time since the start.", [[{}, process.uptime()]]),
	].join("\n");
}
