import { expect, test } from "vitest";
import { Outbox, type Sending } from "./outbox-queue.ts";

const one = (id: string, about = "case-1"): Sending => ({
	...{ id, about, what: "x", path: "/x", body: {}, headers: {}, at: "2026-03-02T02:00:00.000Z" },
});

/** A phone and its network: `statuses` by id, 0 being no network. */
function phone(kept: Sending[] = []) {
	const went: string[] = [];
	const net = { status: 200 as number, of: {} as Record<string, number> };
	const disk = { all: kept };
	const box = () =>
		new Outbox({
			read: async () => disk.all,
			write: async (all) => {
				disk.all = all;
			},
			post: async ({ id }) => {
				const status = net.of[id] ?? net.status;
				if (status !== 200) return { ok: false, problem: { type: "", title: "no", status } };
				went.push(id);
				return { ok: true, answer: { id } };
			},
		});
	return { went, net, disk, box };
}

test("with a network it goes out at once, and nothing is kept", async () => {
	const { box, went, disk } = phone();
	expect(await box().send(one("a"))).toEqual({ is: "sent", answer: { id: "a" } });
	expect([went, disk.all]).toEqual([["a"], []]);
});

test("without one it is kept, survives the page, and goes out once, in order", async () => {
	const { box, net, went, disk } = phone();
	net.status = 0;
	const before = box();
	expect((await before.send(one("a"))).is).toBe("kept");
	expect((await before.send(one("b"))).is).toBe("kept");
	net.status = 200;
	const after = box();
	await Promise.all([after.flush(), after.flush()]);
	await after.flush();
	expect([went, disk.all]).toEqual([["a", "b"], []]);
});

test("what is stuck holds up only its own", async () => {
	const { box, net, went } = phone([one("a"), one("b"), one("c", "case-2")]);
	net.of = { a: 503 };
	await box().flush();
	expect(went).toEqual(["c"]);
});

test("what is refused is told, not tried again, and can be forgotten", async () => {
	const { box, net, went, disk } = phone();
	net.of = { a: 409 };
	const mine = box();
	expect(await mine.send(one("a"))).toMatchObject({ is: "refused", problem: { status: 409 } });
	expect((await mine.send(one("b"))).is).toBe("sent");
	await mine.flush();
	expect(went).toEqual(["b"]);
	await mine.forget("a");
	expect(disk.all).toEqual([]);
});

test("whoever leaves takes all of it along", async () => {
	const { box, net, went, disk } = phone();
	net.status = 0;
	const mine = box();
	await mine.send(one("a"));
	await mine.clear();
	net.status = 200;
	await mine.flush();
	expect([mine.all, disk.all, went]).toEqual([[], [], []]);
});
