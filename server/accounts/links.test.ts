import Fastify from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { App } from "../http/app.ts";
import { fault } from "../ports/fault.ts";
import type { Database } from "../store/database/database.ts";
import { testDatabase } from "../store/database/testing.ts";
import { insertKept, keep, keysFrom } from "../store/kept.ts";
import { actorFor } from "./actors.ts";
import { linkRoutes } from "./link-routes.ts";
import { confirmCode, type Link, makeLink, readLink, requestCode, revokeLinks } from "./links.ts";
import { type AccountsUnderTest, accountsUnderTest, enterCompany } from "./testing.ts";

let database: Database<unknown>;
let under: AccountsUnderTest;

const START = "2026-03-02T02:00:00.000Z";
const END = "2026-06-02T02:00:00.000Z";
const made = { company: "acme", case: "case-1", party: "party-1", expiresAt: END };

beforeAll(async () => {
	database = await testDatabase();
	await enterCompany(database, "acme");
	under = accountsUnderTest(database);
	const { rows } = keep({ keep: "phone", text: "13800001234" }, () => "ref-1");
	const parties = [
		{ id: "party-1", phone: { ref: "ref-1", hash: "h" } },
		{ id: "party-2", phone: null },
	];
	await database.transaction((session) =>
		session.commitWith([
			...insertKept("acme", "case-1", rows, under.accounts.keys),
			{
				sql: `insert into snapshot (company, stream, kind, seq, fold, head, state) values ('acme', 'case-1', 'case', 1, 1, '', $1::jsonb)`,
				parameters: [JSON.stringify({ parties })],
			},
		]),
	);
});
afterAll(() => database.close());
beforeEach(async () => {
	under.at(START);
	under.sent.length = 0;
	await database.read([{ sql: "delete from attempt", parameters: [] }]);
});

async function newToken(more: Partial<typeof made> & { confirmed?: boolean } = {}): Promise<string> {
	return makeLink(under.accounts, { ...made, ...more });
}

async function linkOf(token: string): Promise<Link> {
	const read = await readLink(under.accounts, token, START);
	if (!read.ok) throw new Error(read.reason);
	return read.link;
}

const by = (token: string, cookie?: string, now = START) =>
	actorFor(under.accounts, { authorization: `Link ${token}`, ...(cookie ? { cookie } : {}) }, now);

describe("a link", () => {
	test("names the case and the party, and fits a text message", async () => {
		const token = await newToken();
		expect(token).toMatch(/^[\w-]{40,60}$/);
		expect(await readLink(under.accounts, token, START)).toEqual({
			ok: true,
			link: { ...made, id: expect.any(String), confirmed: false },
		});
	});

	test("altered in any place is forged", async () => {
		const token = await newToken();
		for (const [n, letter] of [...token].entries()) {
			const altered = token.slice(0, n) + (letter === "A" ? "B" : "A") + token.slice(n + 1);
			expect(await readLink(under.accounts, altered, START)).toEqual({ ok: false, reason: "forged" });
		}
	});

	test("of another key, another length, or no link at all is forged", async () => {
		const token = await newToken();
		const other = { ...under.accounts, keys: keysFrom(Buffer.alloc(32, 1)) };
		expect(await readLink(other, token, START)).toMatchObject({ reason: "forged" });
		for (const wrong of ["", "x", `${token}A`, token.slice(1), `${token}=`, " ", "投诉", "A".repeat(5000)])
			expect(await readLink(under.accounts, wrong, START)).toMatchObject({ reason: "forged" });
	});

	test("runs out at its instant", async () => {
		const token = await newToken();
		expect(await readLink(under.accounts, token, "2026-06-02T01:59:59.999Z")).toMatchObject({ ok: true });
		expect(await readLink(under.accounts, token, END)).toEqual({ ok: false, reason: "expired" });
	});

	test("can be withdrawn, alone or with all others of the party", async () => {
		const [one, two, theirs] = [await newToken(), await newToken(), await newToken({ party: "party-2" })];
		const withdraw = async (more: { id?: string }) =>
			database.read([revokeLinks({ company: "acme", case: "case-1", party: "party-1", ...more }, START)]);
		await withdraw({ id: (await linkOf(one)).id });
		expect(await readLink(under.accounts, one, START)).toEqual({ ok: false, reason: "revoked" });
		expect(await readLink(under.accounts, two, START)).toMatchObject({ ok: true });
		await withdraw({});
		expect(await readLink(under.accounts, two, START)).toEqual({ ok: false, reason: "revoked" });
		expect(await readLink(under.accounts, theirs, START)).toMatchObject({ ok: true });
	});
});

describe("whoever holds a link", () => {
	test("may read; and act where it was shown to them on filing", async () => {
		expect(await by(await newToken())).toEqual({
			actor: {
				id: "case-1:party-1",
				kind: "complainant",
				company: "acme",
				capabilities: [],
				organisations: [],
				trades: [],
				belongsTo: [],
				link: { case: "case-1", party: "party-1" },
			},
			person: null,
			language: "zh",
			cookies: [],
		});
		expect((await by(await newToken({ confirmed: true })))?.actor.capabilities).toEqual(["complain"]);
	});

	test("is nobody when the link is no longer good, whatever cookie is there", async () => {
		expect(await by(await newToken(), undefined, END)).toBeNull();
		expect(await by("forged", `redress.link=${await newToken()}`)).toBeNull();
	});

	test("is confirmed by the cookie of this very link only", async () => {
		const [one, two] = [await newToken(), await newToken()];
		await requestCode(under.accounts, await linkOf(one), "zh");
		const confirmed = await confirmCode(under.accounts, await linkOf(one), under.sent[0]?.code ?? "");
		const token = confirmed.ok ? confirmed.token : "";
		expect((await by(one, `redress.link=${token}`))?.actor.capabilities).toEqual(["complain"]);
		expect((await by(two, `redress.link=${token}`))?.actor.capabilities).toEqual([]);
		expect((await by(one))?.actor.capabilities).toEqual([]);
	});
});

describe("confirming that the phone is theirs", () => {
	test("sends a code to the party's phone and shows only its mask", async () => {
		const answer = await requestCode(under.accounts, await linkOf(await newToken()), "en");
		expect(answer).toEqual({ ok: true, sentTo: "138****1234", expiresAt: "2026-03-02T02:10:00.000Z" });
		expect(under.sent).toEqual([
			{
				company: "acme",
				phone: "13800001234",
				code: expect.stringMatching(/^\d{6}$/),
				minutes: 10,
				language: "en",
			},
		]);
	});

	test("five wrong codes use it up, also when tried at once", async () => {
		const link = await linkOf(await newToken());
		await requestCode(under.accounts, link, "zh");
		const code = under.sent[0]?.code ?? "";
		const wrong = code === "000000" ? "000001" : "000000";
		const tries = await Promise.all(
			Array.from({ length: 5 }, () => confirmCode(under.accounts, link, wrong)),
		);
		expect(tries.map((one) => one.ok)).toEqual(Array(5).fill(false));
		expect(await confirmCode(under.accounts, link, code)).toMatchObject({
			ok: false,
			refusal: { reason: "WrongCode" },
		});
	});

	test("a code given twice at the same moment confirms once", async () => {
		const link = await linkOf(await newToken());
		await requestCode(under.accounts, link, "zh");
		const code = under.sent[0]?.code ?? "";
		const answers = await Promise.all(
			Array.from({ length: 4 }, () => confirmCode(under.accounts, link, code)),
		);
		expect(answers.filter((one) => one.ok)).toHaveLength(1);
	});

	test("a code is good for ten minutes, for its own link, and until the next one", async () => {
		const [link, other] = [await linkOf(await newToken()), await linkOf(await newToken())];
		await requestCode(under.accounts, link, "zh");
		const [first] = under.sent;
		expect(await confirmCode(under.accounts, other, first?.code ?? "")).toMatchObject({ ok: false });
		under.at("2026-03-02T02:10:00.000Z");
		expect(await confirmCode(under.accounts, link, first?.code ?? "")).toMatchObject({ ok: false });
		under.at(START);
		await requestCode(under.accounts, link, "zh");
		const [, second] = under.sent;
		if (first?.code !== second?.code)
			expect(await confirmCode(under.accounts, link, first?.code ?? "")).toMatchObject({ ok: false });
		expect(await confirmCode(under.accounts, link, second?.code ?? "")).toMatchObject({ ok: true });
	});

	test("a phone gets three codes an hour, however many links lead to it", async () => {
		const ask = async () => requestCode(under.accounts, await linkOf(await newToken()), "zh");
		const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
		expect(answers.filter((one) => one.ok)).toHaveLength(3);
		expect(under.sent).toHaveLength(3);
		under.at("2026-03-02T02:40:00.000Z");
		expect(await ask()).toEqual({ ok: false, refusal: { reason: "TooManyCodes", detail: { minutes: 20 } } });
		under.at("2026-03-02T03:00:00.001Z");
		expect(await ask()).toMatchObject({ ok: true });
	});

	test("a code that could not be sent doesn't count", async () => {
		const failing = accountsUnderTest(database, {
			keys: under.accounts.keys,
			sendCode: async () => fault("unreachable", "no connection"),
		});
		const link = await linkOf(await newToken());
		for (let n = 0; n < 4; n += 1)
			expect(await requestCode(failing.accounts, link, "zh")).toMatchObject({
				refusal: { reason: "CodeNotSent" },
			});
		expect(failing.reported).toHaveLength(4);
		expect(await requestCode(under.accounts, link, "zh")).toMatchObject({ ok: true });
	});

	test("without a phone it says to call", async () => {
		const link = await linkOf(await newToken({ party: "party-2" }));
		expect(await requestCode(under.accounts, link, "zh")).toEqual({
			ok: false,
			refusal: { reason: "NoPhone", detail: {} },
		});
	});
});

describe("opening a link over HTTP", () => {
	let app: App;
	beforeAll(async () => {
		const fastify = Fastify().withTypeProvider<ZodTypeProvider>();
		fastify.setValidatorCompiler(validatorCompiler);
		fastify.setSerializerCompiler(serializerCompiler);
		await linkRoutes(under.accounts)(fastify);
		app = fastify;
	});
	afterAll(() => app.close());

	const post = (url: string, payload: object, cookie?: string) =>
		app.inject({
			method: "POST",
			url,
			payload,
			headers: { origin: "http://localhost:3000", "accept-language": "en", ...(cookie ? { cookie } : {}) },
		});
	const cookieFrom = (response: { cookies: { name: string; value: string }[] }) =>
		response.cookies.map((one) => `${one.name}=${one.value}`).join("; ");

	test("keeps it in a cookie, which a code turns into a confirmed one that opening again doesn't lose", async () => {
		const token = await newToken();
		const opened = await post("/api/link", { token });
		expect(opened.json()).toEqual({ case: "case-1", party: "party-1", confirmed: false, expiresAt: END });
		expect(opened.cookies[0]).toMatchObject({
			name: "redress.link",
			httpOnly: true,
			sameSite: "Lax",
			maxAge: 92 * 86_400,
		});
		const cookie = cookieFrom(opened);
		expect((await post("/api/link/code", {}, cookie)).json()).toMatchObject({ sentTo: "138****1234" });
		expect((await post("/api/link/confirm", { code: "no" }, cookie)).json()).toMatchObject({
			reason: "WrongCode",
		});
		const confirmed = await post("/api/link/confirm", { code: under.sent[0]?.code }, cookie);
		expect(confirmed.json()).toEqual({ confirmed: true });
		const better = cookieFrom(confirmed);
		expect((await actorFor(under.accounts, { cookie: better }, START))?.actor.capabilities).toEqual([
			"complain",
		]);
		const again = await post("/api/link", { token }, better);
		expect([again.json().confirmed, again.cookies]).toEqual([true, []]);
	});

	test("says in words why a link is not good", async () => {
		const token = await newToken({ expiresAt: START });
		expect((await post("/api/link", { token })).json()).toMatchObject({ status: 410, reason: "LinkExpired" });
		expect((await post("/api/link", { token: "x" })).json()).toMatchObject({
			status: 401,
			reason: "LinkForged",
		});
		expect((await post("/api/link/code", {})).json()).toMatchObject({ status: 401, reason: "NotSignedIn" });
	});
});
