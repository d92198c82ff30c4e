import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { photoOf } from "../adapters/disk/testing-scene.ts";
import { COMPLAINT, type TestEdge } from "./testing.ts";
import { beginUpload, sendActFile, sendPiece } from "./testing-uploads.ts";
import { wholeEdge } from "./testing-whole.ts";

/** Photos of what is noted on an order on the road: sent piece by piece, kept once, refused with a reason. */
let edge: TestEdge & { folder: string };

beforeAll(async () => {
	edge = await wholeEdge();
	for (const number of ["YD1", "YD2"]) {
		const order = {
			trade: "express",
			status: "派送中",
			facts: { fee: 1_200 },
			worker: "courier-1",
			people: [],
			events: [],
		};
		expect((await edge.ask("key", "PUT", `/api/orders/${number}`, order)).status).toBe(201);
	}
});
afterAll(() => edge.close());

let acts = 0;
async function noted(number = "YD1"): Promise<{ number: string; act: string }> {
	const act = `key-${++acts}`;
	const asked = await edge.ask(
		"courier-1",
		"POST",
		`/api/mine/orders/${number}/acts`,
		{ kind: "loading" },
		{ "idempotency-key": act },
	);
	expect(asked.status).toBe(201);
	return { number, act };
}

async function filedAbout(number: string) {
	const asked = await edge.ask("agent", "POST", "/api/complaints", { ...COMPLAINT, orders: [{ number }] });
	const { case: id } = asked.body as { case: string };
	const { body } = await edge.ask("handler", "GET", `/api/cases/${id}`);
	return (
		body as {
			case: {
				id: string;
				evidence: { id: string; from: string; flags: string[]; file: { sha256: string } }[];
			};
		}
	).case;
}

describe("a photo made on the road", () => {
	test("goes on where it broke off, is kept once, and is found when a complaint comes", async () => {
		const bytes = await photoOf(1);
		const to = await noted();
		const begun = await beginUpload(edge, "courier-1", { order: to.number }, bytes.length);
		expect(begun.status).toBe(201);
		const url = String(begun.headers.location);
		const half = Math.floor(bytes.length / 2);
		const take = () =>
			edge.ask("courier-1", "POST", `/api/mine/orders/${to.number}/acts/${to.act}/file`, {
				upload: url.slice(url.lastIndexOf("/") + 1),
			});
		await sendPiece(edge, "courier-1", url, 0, bytes.subarray(0, half));
		expect((await take()).status).toBe(422);
		await sendPiece(edge, "courier-1", url, half, bytes.subarray(half));
		const first = await take();
		expect(first.status).toBe(201);
		expect(await take()).toMatchObject({ status: 200, body: { repeated: true } });
		const { sha256 } = first.body as { sha256: string };
		expect((await filedAbout("YD1")).evidence).toMatchObject([{ from: "p2", flags: [], file: { sha256 } }]);
	});

	test("that was used on another order is flagged when a complaint brings it in", async () => {
		const bytes = await photoOf(2);
		expect((await sendActFile(edge, "courier-1", await noted("YD1"), bytes)).status).toBe(201);
		expect((await sendActFile(edge, "courier-1", await noted("YD2"), bytes)).status).toBe(201);
		const kase = await filedAbout("YD2");
		expect(kase.evidence.at(-1)?.flags).toEqual(["seen-in-another-case"]);
		const asked = await edge.ask(
			"handler",
			"GET",
			`/api/cases/${kase.id}/evidence/${kase.evidence.at(-1)?.id}/checks`,
		);
		expect((asked.body as { elsewhere: unknown[] }).elsewhere).toContainEqual({
			case: null,
			order: "YD1",
			same: "file",
			differs: 0,
		});
	});

	test.each<[string, () => Promise<Buffer>, number]>([
		["text instead of a picture", async () => Buffer.from("说明文字"), 415],
		["a page with scripts", async () => Buffer.from("<html><script>alert(1)</script></html>"), 415],
	])("%s is refused, and nothing of it stays", async (_, make, status) => {
		const before = await edge.rows("select count(*)::int as n from evidence_file");
		const refused = await sendActFile(edge, "courier-1", await noted(), await make());
		expect(refused.status).toBe(status);
		expect(await edge.rows("select count(*)::int as n from evidence_file")).toEqual(before);
	});

	test("one too large is refused before a byte of it came", async () => {
		expect((await beginUpload(edge, "courier-1", { order: "YD1" }, 2 * 1024 * 1024)).status).toBe(413);
	});

	test("is begun by whoever works on the order, and finished by nobody else", async () => {
		const begin = (who: string, order = "YD1") => beginUpload(edge, who, { order }, 10);
		expect((await begin("courier-2")).status).toBe(404);
		expect((await begin("handler")).status).toBe(403);
		expect((await begin("nobody")).status).toBe(401);
		expect((await begin("courier-1", "YD-OTHER")).status).toBe(404);
		expect((await beginUpload(edge, "courier-1", {}, 10)).status).toBe(422);
		const to = await noted();
		const begun = await begin("courier-1", "YD2");
		const url = String(begun.headers.location);
		await sendPiece(edge, "courier-1", url, 0, Buffer.alloc(10, 1));
		// begun for one order, it is not taken for another
		const asked = await edge.ask("courier-1", "POST", `/api/mine/orders/YD1/acts/${to.act}/file`, {
			upload: url.slice(url.lastIndexOf("/") + 1),
		});
		expect(asked.status).toBe(404);
		expect(await readdir(join(edge.folder, "uploads", "incoming")).catch(() => [])).toEqual([]);
	});
});
