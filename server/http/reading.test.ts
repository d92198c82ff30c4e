import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROLES } from "#engine/actor.ts";
import { COMMANDS } from "#engine/journey.ts";
import { commit } from "../store/commit.ts";
import { insertNotices } from "../store/notices.ts";
import { withoutEdgeOnly } from "./edge-only.ts";
import { COMPANY, type TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

let edge: TestEdge;
let kase: string;
beforeAll(async () => {
	edge = await wholeEdge();
	kase = (await edge.file()).case;
});
afterAll(() => edge.close());

describe("personal data", () => {
	interface Seen {
		case: { parties: { name: { ref: string }; phone: { ref: string } }[] };
		texts: Record<string, string>;
	}
	const seen = async () => (await edge.ask("handler", "GET", `/api/cases/${kase}`)).body as Seen;

	test("is masked until somebody who may says why, and that is logged", async () => {
		const { case: shown, texts } = await seen();
		const { ref } = shown.parties[0]!.phone;
		expect(texts[ref]).toBe("138****1234");
		const revealed = await edge.ask("handler", "POST", `/api/cases/${kase}/reveal`, {
			ref,
			why: "回电核实地址",
		});
		expect(revealed).toMatchObject({ status: 200, body: { ref, keep: "phone", content: "13800001234" } });
		expect(revealed.headers["cache-control"]).toBe("no-store");
		for (const who of ["admin", "manager"]) {
			const log = await edge.ask(who, "GET", `/api/cases/${kase}/reveals`);
			expect(log.body).toMatchObject({
				reveals: [{ person: "handler", ref, keep: "phone", mask: "138****1234", why: "回电核实地址" }],
			});
			expect(JSON.stringify(log.body)).not.toContain("13800001234");
		}
	});

	test("is shown to nobody else, and of no other case, and an unknown reference logs nothing", async () => {
		const { case: shown } = await seen();
		const { ref } = shown.parties[0]!.name;
		const other = (await edge.file()).case;
		const before = await edge.rows("select count(*) from reveal");
		const reveal = async (who: string, id: string, body: object) =>
			(await edge.ask(who, "POST", `/api/cases/${id}/reveal`, body)).status;
		const why = "因为";
		for (const who of ["agent", "finance", "courier-1", `link:${kase}:p1`])
			expect(await reveal(who, kase, { ref, why })).toBe(403);
		expect(await reveal("courier-2", kase, { ref, why })).toBe(404);
		expect(await reveal("nobody", kase, { ref, why })).toBe(401);
		expect(await reveal("handler", other, { ref, why })).toBe(404);
		expect(await reveal("handler", kase, { ref: "none", why })).toBe(404);
		expect(await reveal("handler", kase, { ref, why: " " })).toBe(422);
		expect(await edge.rows("select count(*) from reveal")).toEqual(before);
		for (const who of ["handler", "courier-1", `link:${kase}:p1`])
			expect((await edge.ask(who, "GET", `/api/cases/${kase}/reveals`)).status).toBe(403);
	});
});

describe("notices", () => {
	const notice = (key: string, recipient: string, text: string) => ({
		key,
		recipient,
		text,
		wording: "complaint-received",
		channel: "sms" as const,
		state: "sent" as const,
	});
	beforeAll(async () => {
		const notices = [
			notice("n1", "party:p1", "您的投诉已受理 https://r.example/c/secret.token 查看"),
			notice("n2", "person:courier-1", "有一件投诉与您有关"),
			notice("n3", "person:handler", "请认领"),
		];
		await commit(edge.database, ...insertNotices(COMPANY, kase, notices, "2026-03-02T02:00:00.000Z"));
		const another = (await edge.file()).case;
		await commit(
			edge.database,
			...insertNotices(COMPANY, another, [notice("n4", "party:p1", "另一件")], "2026-03-02T02:01:00.000Z"),
		);
	});
	const texts = async (who: string, url: string) => {
		const { body } = await edge.ask(who, "GET", url);
		return (body as { notices: { text: string }[] }).notices.map((one) => one.text).sort();
	};

	test("of a case: the office sees all of them, but no link that went out; a party its own", async () => {
		const url = `/api/cases/${kase}/notices`;
		expect(await texts("handler", url)).toEqual(
			["您的投诉已受理 https://r.example/c/… 查看", "有一件投诉与您有关", "请认领"].sort(),
		);
		expect(await texts(`link:${kase}:p1`, url)).toEqual([
			"您的投诉已受理 https://r.example/c/secret.token 查看",
		]);
		expect(await texts("courier-1", url)).toEqual(["有一件投诉与您有关"]);
		expect((await edge.ask("courier-2", "GET", url)).status).toBe(404);
	});

	test("what was pretended is shown as it would have been sent", async () => {
		await edge.rows("update notice set pretend = true where key = 'n1'");
		expect((await texts("handler", `/api/cases/${kase}/notices`)).join()).toContain("secret.token");
	});

	test("one's own, of all cases, page by page; a link's only of its case", async () => {
		expect(await texts("courier-1", "/api/notices")).toEqual(["有一件投诉与您有关"]);
		expect(await texts(`link:${kase}:p1`, "/api/notices")).toHaveLength(1);
		expect(await texts("agent", "/api/notices")).toEqual([]);
		expect((await edge.ask("agent", "GET", "/api/notices?after=x")).status).toBe(422);
	});
});

describe("packs", () => {
	test("the office sees every table with its sources, others what concerns them", async () => {
		const { body } = await edge.ask("handler", "GET", "/api/packs/express");
		expect(body).toMatchObject({
			name: "express",
			title: { zh: "快递" },
			remedies: { remedies: { hit: "all" } },
		});
		expect(JSON.stringify(body)).toContain("民法典");
		const outside = (await edge.ask("courier-1", "GET", "/api/packs/express")).body as object;
		expect(Object.keys(outside)).not.toEqual(expect.arrayContaining(["remedies"]));
		expect(outside).toMatchObject({ head: { seats: { courier: {} } }, categories: { groups: {} } });
		expect(JSON.stringify(outside)).not.toContain("keywords");
		expect((await edge.ask("handler", "GET", "/api/packs")).body).toMatchObject({
			packs: [{ name: "express" }],
		});
		expect((await edge.ask("handler", "GET", "/api/packs/constructor")).status).toBe(404);
		expect((await edge.ask("handler", "GET", "/api/packs/express?version=1999-01")).status).toBe(404);
	});

	test("a situation is tried, with its arithmetic", async () => {
		const given = {
			words: "花瓶收到时已经摔坏了",
			received: "2026-03-02T10:00:00+08:00",
			facts: {
				insured: true,
				declared: "300.00",
				"damage-percent": 30,
				stage: "delivery",
				"force-majeure": false,
				"customer-fault": false,
			},
		};
		const trial = await edge.ask("quality", "POST", "/api/packs/express/try", { given });
		expect(trial).toMatchObject({
			status: 200,
			body: {
				category: { id: "damage" },
				fault: { values: { shares: { courier: 80, outlet: 20 } } },
				approval: expect.any(String),
			},
		});
		const { remedies } = trial.body as {
			remedies: { row: string; values: { amount: number }; explanation: { arithmetic: object[] } }[];
		};
		const paid = remedies.find((one) => one.row === "damage-insured");
		expect(paid).toMatchObject({
			values: { amount: 9_000 },
			explanation: { arithmetic: [{ value: 9_000 }] },
		});
		expect((await edge.ask("courier-1", "POST", "/api/packs/express/try", { given })).status).toBe(403);
		expect(
			(
				await edge.ask("quality", "POST", "/api/packs/express/try", {
					given: { ...given, received: "9999-12-31T23:59:59Z" },
				})
			).status,
		).toBe(422);
	});
});

describe("what forms are made from", () => {
	test("every command has a schema, without what the server fills in", async () => {
		const { body } = await edge.ask("handler", "GET", "/api/commands");
		const { commands } = body as {
			commands: {
				type: string;
				step: string;
				by: string[];
				schema: { properties: Record<string, object> };
			}[];
		};
		expect(commands.map((one) => one.type)).toEqual([...COMMANDS.keys()]);
		const schema = (type: string) => commands.find((one) => one.type === type)?.schema.properties ?? {};
		expect(Object.keys(schema("AddEvidence"))).toEqual([
			"kind",
			"title",
			"from",
			"recipe",
			"piece",
			"takenAt",
		]);
		expect(schema("FileComplaint")).not.toHaveProperty("repeat");
		expect(JSON.stringify(schema("FileComplaint"))).not.toContain('"line"');
		expect(schema("FileComplaint").verbatim).toMatchObject({ keep: "words", maxLength: 20_000 });
		const granted = new Set<string>([...Object.values(ROLES).flat(), "complain", "file-by-api", "system"]);
		expect(commands.flatMap((one) => one.by).filter((one) => !granted.has(one))).toEqual([]);
	});

	test("a field that is dropped is no longer required, wherever it stands", () => {
		const items = { type: "object", properties: { line: {}, seat: {} }, required: ["seat", "line"] };
		const schema = { properties: { repeat: {}, parties: { type: "array", items } }, required: ["repeat"] };
		expect(withoutEdgeOnly("FileComplaint", schema)).toEqual({
			properties: {
				parties: { type: "array", items: { type: "object", properties: { seat: {} }, required: ["seat"] } },
			},
			required: [],
		});
	});

	test("the product's words are there before anybody signs in", async () => {
		for (const [language, word] of [
			["zh", "受理"],
			["en", "Intake"],
		] as const) {
			const { body, status } = await edge.ask("nobody", "GET", `/api/words/${language}`);
			expect(status).toBe(200);
			expect(JSON.stringify((body as { steps: object }).steps)).toContain(word);
		}
		expect((await edge.ask("nobody", "GET", "/api/words/fr")).status).toBe(422);
	});
});
