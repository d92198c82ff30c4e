import type { FastifyRequest } from "fastify";
import { type Actor, ROLES } from "#engine/actor.ts";
import { ownOrders } from "../adapters/orders/own.ts";
import { readDayTables } from "../day-tables.ts";
import type { Desk } from "../handle.ts";
import { actorOf, lineOf, Offices } from "../office.ts";
import { packsOf, readShippedPack } from "../packs.ts";
import type { Database, Statement } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { keysFrom } from "../store/kept.ts";
import { orderReader } from "../store/orders.ts";
import { type App, buildApp, type Caller, type Edge, type Plugin } from "./app.ts";

/** For tests of the edge: one small company, the express trade, and whoever the header X-Test-Actor names. */
export const COMPANY = "acme";
const NOW = "2026-03-02T02:00:00.000Z";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Asked {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed where it is JSON, else text. */
	body: unknown;
	bytes: Buffer;
}

export interface TestEdge {
	app: App;
	edge: Edge;
	desk: Desk;
	database: Database<unknown>;
	/** The clock, to be moved. */
	now: { at: string };
	/** Asks as a person of `PEOPLE`, as `key`, as `nobody`, or by a complainant's link `link:<case>:<party>`. */
	ask(
		who: string,
		method: Method,
		url: string,
		body?: object,
		headers?: Record<string, string>,
	): Promise<Asked>;
	/** Files the usual complaint as the agent, changed by `fields`. */
	file(fields?: Record<string, unknown>): Promise<{ case: string; number: string }>;
	/** Sends a command that must be accepted. */
	tell(who: string, kase: string, type: string, fields?: Record<string, unknown>): Promise<void>;
	rows(sql: string, ...parameters: unknown[]): Promise<Record<string, unknown>[]>;
	close(): Promise<void>;
}

/** Person, role, organisation. */
const PEOPLE: readonly [string, string, string][] = [
	...Object.keys(ROLES)
		.filter((role) => role !== "worker" && role !== "partner")
		.map((role): [string, string, string] => [role, role, role === "officer" ? "outlet-1" : "desk"]),
	["handler-2", "handler", "desk"],
	["courier-1", "worker", "outlet-1"],
	["courier-2", "worker", "outlet-1"],
];

const ORGANISATIONS: readonly [string, string, string | null][] = [
	["hq", "head-office", null],
	["desk", "department", "hq"],
	["south", "branch", "hq"],
	["outlet-1", "outlet", "south"],
	["outlet-2", "outlet", "south"],
];

/** The usual complaint: two sides with names, phones and addresses. */
export const COMPLAINT = {
	pack: "express",
	channel: "phone",
	verbatim: "包裹被压坏了，里面的花瓶碎了，保价三百元",
	place: "深圳市南山区科技园路八号",
	claimed: { amount: 30_000, currency: "CNY" },
	parties: [
		{ seat: "recipient", name: "李小明", phone: "13800001234", address: "深圳市南山区海德三道一号" },
		{
			seat: "courier",
			person: "courier-1",
			organisation: "outlet-1",
			name: "张大勇",
			phone: "13900005678",
			address: "深圳市龙华区民治街道九号",
			plate: "粤B12345",
		},
	],
	orders: [
		{
			number: "SF1234567890",
			takenAt: "2026-03-01T00:00:00.000Z",
			facts: { fee: 1_200, insured: true, declared: 30_000 },
		},
	],
};

/** Read once for all the tests of a file: nobody alters a pack. */
const EXPRESS = readShippedPack("express");

export async function testEdge(
	plugins: readonly Plugin[] | ((desk: Desk) => readonly Plugin[]),
	options: { rate?: number; edge?: Partial<Edge> } = {},
): Promise<TestEdge> {
	const database = await testDatabase<unknown>();
	await database.transaction((session) => session.commitWith(company()));
	const now = { at: NOW };
	const keys = keysFrom(Buffer.alloc(32, 7));
	const desk: Desk = {
		database,
		packs: packsOf([await EXPRESS]),
		offices: new Offices(database),
		keys,
		days: readDayTables(),
		clock: () => now.at,
		committed: () => {},
	};
	const edge: Edge = {
		desk,
		saying: { refusal: ({ reason }) => reason, title: (key) => key, fault: ({ key }) => key },
		orders: ownOrders(orderReader(database, keys)),
		actorFor: (request) => whoAsks(desk, request),
		foreign: () => null,
		logLevel: "silent",
		plugins: typeof plugins === "function" ? plugins(desk) : plugins,
		rate: options.rate ?? 1_000_000,
		...options.edge,
	};
	const app = await buildApp(edge);
	const ask = asking(app);
	return {
		app,
		edge,
		desk,
		database,
		now,
		ask,
		async file(fields = {}) {
			const asked = await ask("agent", "POST", "/api/complaints", { ...COMPLAINT, ...fields });
			if (asked.status !== 201) throw new Error(`not filed: ${JSON.stringify(asked.body)}`);
			return asked.body as { case: string; number: string };
		},
		async tell(who, kase, type, fields = {}) {
			const asked = await ask(who, "POST", `/api/cases/${kase}/commands`, { type, ...fields });
			if (asked.status !== 200) throw new Error(`${type}: ${JSON.stringify(asked.body)}`);
		},
		async rows(sql, ...parameters) {
			const [rows = []] = await database.read([{ sql, parameters }]);
			return rows as Record<string, unknown>[];
		},
		close: () => app.close().then(() => database.close()),
	};
}

function asking(app: App): TestEdge["ask"] {
	return async (who, method, url, body, headers = {}) => {
		const answer = await app.inject({
			method,
			url,
			headers: { "x-test-actor": who, ...headers },
			...(body === undefined ? {} : { payload: body }),
		});
		const json = String(answer.headers["content-type"] ?? "").includes("json");
		return {
			status: answer.statusCode,
			headers: answer.headers,
			body: json ? (JSON.parse(answer.payload) as unknown) : answer.payload,
			bytes: answer.rawPayload,
		};
	};
}

async function whoAsks(desk: Desk, request: FastifyRequest): Promise<Caller | null> {
	const who = String(request.headers["x-test-actor"] ?? "nobody");
	if (who === "nobody") return null;
	return { actor: who.startsWith("link:") ? complainant(who) : await known(desk, who), language: null };
}

function complainant(who: string): Actor {
	const [, kase = "", party = ""] = who.split(":");
	return {
		id: party,
		kind: "complainant",
		company: COMPANY,
		capabilities: ["complain"],
		organisations: [],
		trades: [],
		belongsTo: [],
		link: { case: kase, party },
	};
}

async function known(desk: Desk, who: string): Promise<Actor> {
	const office = await desk.offices.of(COMPANY);
	if (who === "key") return { ...complainant("link::key"), kind: "key", ...EVERYWHERE, link: undefined };
	const person = office.people.get(who);
	if (!person) throw new Error(`nobody is called ${who}`);
	const line = person.organisation ? lineOf(person.organisation, office.relations, NOW.slice(0, 10)) : [];
	return actorOf(COMPANY, person, line);
}

const EVERYWHERE = {
	capabilities: ["file-by-api"],
	organisations: "all",
	trades: "all",
} as const satisfies Partial<Actor>;

function company(): Statement[] {
	const insert = (sql: string, ...parameters: unknown[]): Statement => ({ sql, parameters });
	return [
		insert("insert into company (company, name) values ($1, 'Acme'), ('other', 'Other')", COMPANY),
		...ORGANISATIONS.flatMap(([id, kind, parent]) => [
			insert("insert into organisation values ($1, $2, $2, $2, $3)", COMPANY, id, kind),
			...(parent === null
				? []
				: [insert("insert into relation values ($1, $2, $3, 'own', '2020-01-01')", COMPANY, id, parent)]),
		]),
		...Object.entries(ROLES).map(([role, capabilities]) =>
			insert("insert into role values ($1, $2, $3)", COMPANY, role, capabilities),
		),
		...PEOPLE.flatMap(([id, role, organisation]) => [
			insert(
				"insert into person (company, id, kind, alias, organisation) values ($1, $2, $3, $2, $4)",
				COMPANY,
				id,
				role === "worker" ? "worker" : "staff",
				organisation,
			),
			insert("insert into membership values ($1, $2, $3, null, null)", COMPANY, id, role),
		]),
	];
}

/** A multipart form, with its content type. */
export function formOf(
	fields: Record<string, string>,
	file?: { bytes: Buffer; name?: string; field?: string },
): { body: Buffer; headers: Record<string, string> } {
	const boundary = "----redress-test";
	const parts: Uint8Array[] = Object.entries(fields).map(([name, value]) =>
		Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
	);
	if (file) {
		const { field = "file", name = "photo.jpg", bytes } = file;
		const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
		parts.push(Buffer.from(head), bytes, Buffer.from("\r\n"));
	}
	const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
	return { body, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } };
}
