import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { emptyPostgres } from "#server/store/database/testing.ts";
import { cookiesIn, type Kind, rate, type Times, times } from "./ground.ts";
import { complaint } from "./writing.ts";

/** The server as a process of its own, with the demo's 300 cases, seen from outside. */
export interface Served {
	/** From the start of the process to its first answer, in seconds: on an empty folder, and again. */
	firstStart: number;
	secondStart: number;
	/** Resident memory in MiB: some seconds after the second start, and the most while it was busy. */
	atRest: number;
	underLoad: number;
	/** Requests a second from 8 callers at once, and what one caller waits for. */
	lists: number;
	list: Times;
	filings: number;
	filing: Times;
}

const MAIN = fileURLToPath(new URL("../server/main.ts", import.meta.url));
const CALLERS = 8;

/** Starts the server twice and asks it for pages and filings, `requests` of each. Linux alone tells of memory here. */
export async function serving(kind: Kind, requests: number): Promise<Served> {
	const folder = await mkdtemp(join(tmpdir(), "redress-bench-server-"));
	const server = kind === "postgres" ? await emptyPostgres(process.env.DATABASE_URL ?? "") : null;
	const port = String(await freePort());
	const env = {
		...{ ...process.env, DATA_DIR: folder, PORT: port, LOG_LEVEL: "warn", DEMO: "true" },
		...{ DATABASE_URL: server?.url ?? "", SECRET_KEY: Buffer.alloc(32, 1).toString("base64") },
	};
	const url = `http://127.0.0.1:${port}`;
	try {
		const first = await start(env, url);
		await stop(first.child);
		const second = await start(env, url);
		await pause(5_000);
		const atRest = await residentMiB(second.child);
		const measured = await load(url, second.child, requests);
		await stop(second.child);
		return { firstStart: first.seconds, secondStart: second.seconds, atRest, ...measured };
	} finally {
		await server?.drop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function load(url: string, child: ChildProcess, requests: number) {
	const ask = caller(url);
	const agent = await ask.signIn("agent");
	const handler = await ask.signIn("handler");
	const page = (n: number) => ask.get(`/api/cases?closed=false&sort=due&limit=50`, handler, n);
	const file = (n: number) => ask.post("/api/complaints", agent, { pack: "express", ...complaint(n) }, n);
	let most = 0;
	const watch = setInterval(() => {
		void residentMiB(child).then((now) => {
			most = Math.max(most, now);
		});
	}, 200);
	try {
		const list = await times(100, page);
		const lists = await rate(requests, CALLERS, page);
		const filing = await times(100, file);
		const filings = await rate(requests, CALLERS, (n) => file(n + 1_000));
		return { list, lists, filing, filings, underLoad: most };
	} finally {
		clearInterval(watch);
	}
}

/** Asks as many different addresses would: the server allows each only so much a minute. */
function caller(url: string) {
	const send = async (method: string, path: string, cookie: string, body: object | null, n: number) => {
		const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
		const headers = { cookie, origin: url, "x-forwarded-for": address, "content-type": "application/json" };
		const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		return answer;
	};
	return {
		get: (path: string, cookie: string, n: number) => send("GET", path, cookie, null, n),
		post: (path: string, cookie: string, body: object, n: number) => send("POST", path, cookie, body, n),
		signIn: async (login: string) => {
			const answer = await send("POST", "/api/session", "", { login, password: DEMO_PASSWORD }, 0);
			return cookiesIn(answer.headers.getSetCookie());
		},
	};
}

async function start(env: NodeJS.ProcessEnv, url: string): Promise<{ child: ChildProcess; seconds: number }> {
	const before = performance.now();
	const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "ignore", "inherit"] });
	for (;;) {
		const up = await fetch(`${url}/api/session`).catch(() => null);
		if (up) return { child, seconds: (performance.now() - before) / 1000 };
		if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
		await pause(20);
	}
}

async function stop(child: ChildProcess): Promise<void> {
	const ended = once(child, "exit");
	child.kill("SIGTERM");
	await ended;
}

async function residentMiB({ pid }: ChildProcess): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

function freePort(): Promise<number> {
	const { promise, resolve } = Promise.withResolvers<number>();
	const probe = createServer().listen(0, "127.0.0.1", () => {
		const address = probe.address();
		probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
	});
	return promise;
}
