import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { bandShape } from "./band.ts";
import { Band } from "./clock-band.tsx";

const running = {
	startedAt: "2026-11-23T00:00:00.000Z",
	due: "2026-11-23T10:00:00.000Z",
	pauses: [],
	stoppedAt: null,
};
const at = (hour: string) => `2026-11-23T${hour}:00.000Z`;

test("a running clock fills in proportion to the time it has used", () => {
	expect(bandShape({ ...running, now: at("02:30") })).toEqual({
		state: "running",
		dueAt: 1,
		stretches: [{ from: 0, to: 0.25, as: "used" }],
		minutesLeft: 450,
	});
});

test("from four fifths of its time on it is soon", () => {
	expect(bandShape({ ...running, now: at("07:59") }).state).toBe("running");
	expect(bandShape({ ...running, now: at("08:00") }).state).toBe("soon");
});

test("at the very due time it is late; the due time is no longer the end", () => {
	expect(bandShape({ ...running, now: at("10:00") })).toMatchObject({
		state: "late",
		dueAt: 1,
		minutesLeft: 0,
	});
	const late = bandShape({ ...running, now: at("12:30") });
	expect(late).toMatchObject({ state: "late", dueAt: 0.8, minutesLeft: -150 });
	expect(late.stretches).toEqual([
		{ from: 0, to: 0.8, as: "used" },
		{ from: 0.8, to: 1, as: "late" },
	]);
});

test("however late, what was promised keeps two thirds of the band", () => {
	const shape = bandShape({ ...running, now: "2027-11-23T00:00:00.000Z" });
	expect(shape.dueAt).toBeCloseTo(2 / 3);
	expect(shape.stretches.at(-1)).toMatchObject({ as: "late", to: 1 });
});

test("a paused stretch is cut out of what was used; an open pause goes on", () => {
	const paused = { ...running, pauses: [{ from: at("02:00"), to: at("04:00") }] };
	expect(bandShape({ ...paused, now: at("06:00") }).stretches).toEqual([
		{ from: 0, to: 0.2, as: "used" },
		{ from: 0.4, to: 0.6, as: "used" },
		{ from: 0.2, to: 0.4, as: "paused" },
	]);
	const open = bandShape({ ...running, pauses: [{ from: at("02:00"), to: null }], now: at("05:00") });
	expect(open).toMatchObject({ state: "paused", minutesLeft: 480 });
	expect(open.stretches).toContainEqual({ from: 0.2, to: 0.5, as: "paused" });
});

test("a stopped clock was kept, or kept late", () => {
	expect(bandShape({ ...running, stoppedAt: at("05:00"), now: at("23:00") })).toMatchObject({
		state: "kept",
		minutesLeft: 300,
	});
	expect(bandShape({ ...running, stoppedAt: at("11:00"), now: at("23:00") })).toMatchObject({
		state: "kept-late",
		minutesLeft: -60,
	});
});

test("the band is read out as words and tells the kind of clock by its edge", () => {
	const props = {
		...running,
		now: at("02:30"),
		kind: "statutory" as const,
		label: "法定7日",
		words: "剩 7 小时",
	};
	const html = renderToStaticMarkup(createElement(Band, props));
	expect(html).toContain('aria-label="法定7日: 剩 7 小时"');
	expect(html).toContain("band-statutory band-running");
	expect(html).toContain("width:25.00%");
});
