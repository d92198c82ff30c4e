import { beforeEach, expect, test } from "vitest";
import { DraftKeeper, type DraftPlaces, type DraftState, GONE } from "./draft-keeper.ts";
import type { Typed } from "./values.ts";

let here: string | null;
let server: Typed | null;
let online: boolean;
let waiting: { run: () => void; ms: number }[];
let states: DraftState["is"][];
let saves: number;

const places: DraftPlaces = {
	store: (text) => {
		here = text;
	},
	put: async (typed) => {
		if (!online) throw new Error("offline");
		saves += 1;
		server = typed;
		return { at: "10:32" };
	},
	remove: async () => {
		if (!online) throw new Error("offline");
		server = null;
	},
	later: (run, ms) => {
		const one = { run, ms };
		waiting.push(one);
		return () => {
			waiting = waiting.filter((other) => other !== one);
		};
	},
};
let keeper: DraftKeeper;
beforeEach(() => {
	here = null;
	server = null;
	online = true;
	waiting = [];
	states = [];
	saves = 0;
	keeper = new DraftKeeper(places, ({ is }) => states.push(is));
});

test("typed at once here, a moment later there; then the browser forgets it", async () => {
	keeper.keep({ words: "a" });
	keeper.keep({ words: "ab" });
	expect(here).toBe('{"words":"ab"}');
	expect(waiting).toHaveLength(1);
	await keeper.flush();
	expect([server, here, saves]).toEqual([{ words: "ab" }, null, 1]);
	expect(states.at(-1)).toBe("kept");
});

test("out of reach it stays here, and goes as soon as it can", async () => {
	online = false;
	keeper.keep({ words: "a" });
	await keeper.flush();
	expect([server, here, states.at(-1)]).toEqual([null, '{"words":"a"}', "here"]);
	expect(waiting).toHaveLength(1);
	online = true;
	await keeper.flush();
	expect([server, here, states.at(-1)]).toEqual([{ words: "a" }, null, "kept"]);
});

test("what is typed while an earlier save is under way is saved too, and is not forgotten here before", async () => {
	keeper.keep({ words: "a" });
	const first = keeper.flush();
	await Promise.resolve();
	keeper.keep({ words: "ab" });
	await first;
	expect(here).toBe('{"words":"ab"}');
	await keeper.flush();
	expect(server).toEqual({ words: "ab" });
});

test("dropped while a save is under way, it does not come back", async () => {
	keeper.keep({ words: "a" });
	void keeper.flush();
	keeper.drop();
	await keeper.flush();
	expect([server, here, states.at(-1)]).toEqual([null, null, "none"]);
});

test("dropped out of reach, that is remembered here", async () => {
	keeper.keep({ words: "a" });
	await keeper.flush();
	online = false;
	keeper.drop();
	await keeper.flush();
	expect([server, here]).toEqual([{ words: "a" }, GONE]);
});

test("closed, it saves once more and tells nobody", async () => {
	keeper.keep({ words: "a" });
	keeper.close();
	await keeper.flush();
	expect([server, states]).toEqual([{ words: "a" }, ["keeping"]]);
	online = false;
	keeper.keep({ words: "b" });
	await keeper.flush();
	expect([here, states.at(-1)]).toEqual(['{"words":"b"}', "keeping"]);
});
