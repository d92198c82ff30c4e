import { afterAll, beforeAll, expect, test } from "vitest";
import { rehearsalRoutes } from "./rehearsals.ts";
import { COMPLAINT, type TestEdge, testEdge } from "./testing.ts";
import { workRoutes } from "./work.ts";
import type { WorkItem } from "./work-items.ts";

let edge: TestEdge;
beforeAll(async () => {
	edge = await testEdge([workRoutes, rehearsalRoutes]);
});
afterAll(() => edge.close());

interface Page {
	items: WorkItem[];
	texts: Record<string, string>;
	next: string | null;
	dueTo: string | null;
}

async function room(who: string, path: string, query = ""): Promise<Page> {
	const asked = await edge.ask(who, "GET", `/api/work/${path}${query}`);
	expect(asked.status, JSON.stringify(asked.body)).toBe(200);
	return asked.body as Page;
}

/** A case of the handler's that is under way. */
async function takenUp(fields: Record<string, unknown> = {}): Promise<string> {
	const { case: id } = await edge.file(fields);
	await edge.tell("handler", id, "GradeCase");
	await edge.tell("handler", id, "ClaimCase");
	return id;
}

const has = (page: Page, id: string) => page.items.some((one) => one.case.id === id);

test("approvals: for those who may agree, with what they need, and gone once decided", async () => {
	const id = await takenUp();
	await edge.tell("handler", id, "RequestApproval", { ceiling: 100_000, grounds: "维修报价一千元" });
	const page = await room("approver", "approvals");
	const item = page.items.find((one) => one.case.id === id);
	expect(item?.duties).toMatchObject([{ command: "Approve", about: "l1" }]);
	expect(item?.allowed.Approve).toBe(true);
	expect(item?.allowed.RatifyApproval).toMatchObject({ reason: "NotOpen" });
	const [asked] = item?.case.approvals ?? [];
	expect(page.texts[asked?.grounds.ref ?? ""]).toBe("维修报价一千元");
	// what the room doesn't show is not sent, and names stay masked
	expect(item?.case).not.toHaveProperty("proceedings");
	expect(Object.values(page.texts)).not.toContain("李小明");
	expect(has(await room("duty-manager", "approvals"), id)).toBe(false);
	expect((await edge.ask("handler", "GET", "/api/work/approvals")).status).toBe(403);
	await edge.tell("approver", id, "Approve", { approval: "l1" });
	expect(has(await room("approver", "approvals"), id)).toBe(false);
});

test("questions: a department sees its own, the case without names, and what it answered", async () => {
	const id = await takenUp({ verbatim: "李小明的包裹 13800001234 一直没到" });
	await edge.tell("handler", id, "AskQuestion", {
		organisation: "outlet-1",
		about: "records",
		words: "请调取交接记录，客户李小明",
	});
	await edge.tell("handler", id, "AskQuestion", {
		organisation: "outlet-2",
		about: "records",
		words: "另一网点",
	});
	const page = await room("officer", "questions");
	const item = page.items.find((one) => one.case.id === id);
	expect(item?.viewer).toBe("department");
	expect(item?.case.questions?.map((one) => one.id)).toEqual(["q1"]);
	expect(item?.asked).toEqual(["q1"]);
	expect(item?.duties.map((one) => one.about)).toEqual(["q1"]);
	const said = Object.values(page.texts).join("\n");
	expect(said).toContain("请调取交接记录");
	expect(said).not.toContain("李小明");
	expect(said).not.toContain("13800001234");
	expect(said).not.toContain("另一网点");
	await edge.tell("officer", id, "AnswerQuestion", { question: "q1", words: "交接记录已导出" });
	// the other department's question keeps the case in the room, but not in this department's
	expect(
		(await room("officer", "questions/answered")).items.find((one) => one.case.id === id)?.case.questions,
	).toMatchObject([{ id: "q1", answer: { by: "officer" } }]);
	expect((await edge.ask("approver", "GET", "/api/work/questions")).status).toBe(403);
});

test("appeals: everybody who may review is named, and whoever decided is said to have decided", async () => {
	const id = await takenUp();
	await edge.tell("handler", id, "TakeFinalPosition", { reasons: "证据不足，无法认定。", nothingOwed: true });
	const grounds = ["facts-wrong"];
	await edge.tell("handler", id, "RequestReview", { grounds, words: "客户来电要求复核" });
	const item = (await room("reviewer", "appeals")).items.find((one) => one.case.id === id);
	expect(item?.reviewers).toEqual({ z1: { reviewer: true } });
	expect(item?.allowed.DecideAppeal).toMatchObject({ reason: "NotYourPart" });
	await edge.tell("manager", id, "AssignReviewer", { appeal: "z1", person: "reviewer" });
	const mine = (await room("reviewer", "appeals")).items.find((one) => one.case.id === id);
	expect(mine?.allowed.DecideAppeal).toBe(true);
	expect(mine?.duties).toMatchObject([{ command: "DecideAppeal", who: { person: "reviewer" } }]);
});

test("outside bodies: open ones stay until there is a result, the earliest due first", async () => {
	const open = async (number: string, due: string) => {
		const id = await takenUp();
		await edge.tell("regulator-liaison", id, "OpenProceeding", {
			body: "hotline-12345",
			direction: "inbound",
			number,
			due,
			words: "请核实",
		});
		return id;
	};
	const late = await open("W1", "2026-03-09T02:00:00.000Z");
	const soon = await open("W2", "2026-03-04T02:00:00.000Z");
	const ids = (await room("regulator-liaison", "outside")).items.map((one) => one.case.id);
	expect(ids.indexOf(soon)).toBeLessThan(ids.indexOf(late));
	await edge.tell("regulator-liaison", soon, "ReplyToBody", { proceeding: "g1", words: "已核实并致歉。" });
	expect(has(await room("regulator-liaison", "outside"), soon)).toBe(true);
	await edge.tell("regulator-liaison", soon, "RecordProceedingResult", { proceeding: "g1", words: "办结" });
	expect(has(await room("regulator-liaison", "outside"), soon)).toBe(false);
	expect((await edge.ask("quality", "GET", "/api/work/outside")).status).toBe(403);
});

test("a room's own due times make its order, whatever is due earlier elsewhere; a page says how far it goes", async () => {
	const open = async (number: string, due: string) => {
		const id = await takenUp();
		const letter = { body: "hotline-12345", direction: "inbound", number, due, words: "请核实" };
		await edge.tell("regulator-liaison", id, "OpenProceeding", letter);
		return id;
	};
	const [last, first] = [
		await open("W3", "2026-04-09T02:00:00.000Z"),
		await open("W4", "2026-04-01T02:00:00.000Z"),
	];
	// in another room something is asked of it long before
	await edge.tell("handler", last, "RequestApproval", { ceiling: 100_000, grounds: "维修报价一千元" });
	const seen: string[] = [];
	for (let after = ""; ; ) {
		const page = await room("regulator-liaison", "outside", `?limit=1${after}`);
		seen.push(...page.items.map((one) => String(one.case.id)));
		const [asked] = page.items[0]?.case.proceedings ?? [];
		if (page.next && asked?.due) expect(page.dueTo).toBe(asked.due);
		if (!page.next) break;
		after = `&after=${page.next}`;
	}
	expect(seen.indexOf(first)).toBeLessThan(seen.indexOf(last));
	expect((await room("approver", "approvals")).items.map((one) => one.case.id)).toContain(last);
});

test("incidents: with how far the cases under them are", async () => {
	const incident = await takenUp();
	const children = [await takenUp(), await takenUp()];
	for (const id of children) await edge.tell("handler", id, "AttachToMassIncident", { incident });
	const page = (await room("handler", "incidents")) as Page & { progress: Record<string, unknown> };
	expect(page.items.map((one) => one.case.id)).toEqual([incident]);
	expect(page.progress[incident]).toMatchObject({ cases: 2, closed: 0, unowned: 0 });
	const first = await room("handler", `incidents/${incident}/cases`, "?limit=1");
	const second = await room("handler", `incidents/${incident}/cases`, `?limit=1&after=${first.next}`);
	expect([...first.items, ...second.items].map((one) => one.case.id)).toEqual(children.toSorted());
	expect(second.next).toBeNull();
	expect((await edge.ask("handler", "GET", "/api/work/incidents/none/cases")).status).toBe(404);
});

test("handover: the note reaches the next owner, who confirms it; nobody outside reads it", async () => {
	const id = await takenUp();
	await edge.tell("handler", id, "HandOverCase", { person: "handler-2", note: "网点答应明早补派" });
	expect(has(await room("handler", "handover"), id)).toBe(false);
	const page = (await room("handler-2", "handover")) as Page & { colleagues: { id: string }[] };
	const item = page.items.find((one) => one.case.id === id);
	const handed = item?.case.owner?.handOver;
	expect(handed).toMatchObject({ from: "handler", read: null });
	expect(page.texts[handed?.note.ref ?? ""]).toBe("网点答应明早补派");
	expect(page.colleagues.map((one) => one.id)).toContain("handler");
	expect(item?.allowed.ConfirmHandOver).toBe(true);
	const seen = await edge.ask(`link:${id}:p1`, "GET", `/api/cases/${id}`);
	expect(JSON.stringify(seen.body)).not.toContain("补派");
	expect(JSON.stringify(seen.body)).not.toContain("handOver");
	await edge.tell("handler-2", id, "ConfirmHandOver");
	const again = (await room("handler-2", "handover")).items.find((one) => one.case.id === id);
	expect(again?.allowed.ConfirmHandOver).toMatchObject({ reason: "AlreadyDone" });
});

test("pages follow one another without gap or doubling, and a strange place is refused", async () => {
	for (let n = 0; n < 4; n++) await takenUp({ orders: COMPLAINT.orders });
	const seen: string[] = [];
	for (let after = ""; ; ) {
		const page = await room("handler", "handover", `?limit=2${after}`);
		seen.push(...page.items.map((one) => String(one.case.id)));
		if (!page.next) break;
		after = `&after=${page.next}`;
	}
	expect(seen.length).toBeGreaterThanOrEqual(4);
	expect(new Set(seen).size).toBe(seen.length);
	for (const after of [
		"x",
		Buffer.from('["tomorrow","c"]').toString("base64url"),
		Buffer.from('["2026-99-99 00:00:00+00","c"]').toString("base64url"),
	])
		expect((await edge.ask("handler", "GET", `/api/work/handover?after=${after}`)).status).toBe(422);
});

test("whoever has a side of their own finds no room", async () => {
	const { case: id } = await edge.file();
	for (const path of [
		"approvals",
		"questions",
		"appeals",
		"outside",
		"follow-ups",
		"incidents",
		"handover",
	]) {
		expect((await edge.ask(`link:${id}:p1`, "GET", `/api/work/${path}`)).status).toBe(403);
		expect((await edge.ask("courier-1", "GET", `/api/work/${path}`)).status).toBe(403);
		expect((await edge.ask("nobody", "GET", `/api/work/${path}`)).status).toBe(401);
	}
});
