import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Around, metresBetween, type PhotoAccount, PhotoFigures, photoFlags } from "./photo-flags.ts";

const FIGURES = PhotoFigures.parse(
	parse(readFileSync(join(import.meta.dirname, "..", "packs/common/photo-flags.yaml"), "utf8")),
);

/** As a phone writes it on the road at 14:10 in Shenzhen. */
const PHOTO: PhotoAccount = {
	takenLocal: "2026-05-02T14:10:05",
	takenAt: "2026-05-02T06:10:05.000Z",
	digitizedLocal: "2026-05-02T14:10:05",
	savedLocal: "2026-05-02T14:10:05",
	satelliteAt: "2026-05-02T06:09:58.000Z",
	device: "HUAWEI P60",
	software: "MNA-AL00 4.0.0.120",
	position: { latitude: 22.54, longitude: 113.95 },
	withPosition: ["GPSTimeStamp", "GPSDateStamp", "GPSAltitude"],
};
const AROUND: Around = {
	zone: "Asia/Shanghai",
	receivedAt: "2026-05-02T08:00:00.000Z",
	orderedAt: "2026-05-02T05:00:00.000Z",
	endedAt: "2026-05-02T07:00:00.000Z",
	places: [
		{ at: "2026-05-02T05:30:00.000Z", what: "装货", latitude: 22.541, longitude: 113.951 },
		{ at: "2026-05-02T07:00:00.000Z", what: "送达", latitude: 22.61, longitude: 114.06 },
	],
};
const FAR = { latitude: 23.13, longitude: 113.26 };

function flags(photo: Partial<PhotoAccount>, around: Partial<Around> = {}) {
	return photoFlags({ ...PHOTO, ...photo }, { ...AROUND, ...around }, FIGURES);
}

const NOTHING: PhotoAccount = {
	...{ takenLocal: null, takenAt: null, digitizedLocal: null, savedLocal: null, satelliteAt: null },
	...{ device: null, software: null, position: null, withPosition: [] },
};

describe("is not odd", () => {
	test.each<[string, Partial<PhotoAccount>, Partial<Around>]>([
		["a photo made on the road", {}, {}],
		["one of which a chat program left nothing", NOTHING, {}],
		[
			"one taken a few minutes before the order, by the phone's own clock",
			{
				takenAt: "2026-05-02T04:40:00.000Z",
				takenLocal: "2026-05-02T12:40:00",
				digitizedLocal: null,
				savedLocal: null,
				satelliteAt: null,
			},
			{},
		],
		[
			"one whose phone is some minutes ahead",
			{
				takenAt: "2026-05-02T08:10:00.000Z",
				takenLocal: "2026-05-02T16:10:00",
				digitizedLocal: null,
				savedLocal: null,
				satelliteAt: null,
			},
			{},
		],
		[
			"a wall clock without offset, in the company's zone",
			{ takenAt: null, satelliteAt: "2026-05-02T06:10:00.000Z" },
			{},
		],
		["an order without places", { position: FAR }, { places: [] }],
		[
			"a photo made elsewhere the next day",
			{
				takenAt: "2026-05-03T06:10:05.000Z",
				takenLocal: "2026-05-03T14:10:05",
				digitizedLocal: null,
				savedLocal: null,
				satelliteAt: null,
				position: FAR,
			},
			{ receivedAt: "2026-05-03T08:00:00.000Z" },
		],
		["a place on the way", { position: { latitude: 22.575, longitude: 114.0 } }, {}],
		["a case without an order", {}, { orderedAt: null, endedAt: null, places: [] }],
	])("%s", (_, photo, around) => expect(flags(photo, around)).toEqual([]));
});

describe("is odd", () => {
	test.each<[string, Partial<PhotoAccount>, unknown[]]>([
		[
			"older than the order",
			{
				takenAt: "2026-05-01T05:00:00.000Z",
				takenLocal: "2026-05-01T13:00:00",
				digitizedLocal: null,
				savedLocal: null,
				satelliteAt: null,
			},
			[{ flag: "taken-before-order", minutes: 1440 }],
		],
		[
			"older than the order, though only its wall clock is told",
			{
				takenAt: null,
				takenLocal: "2026-05-02T12:00:00",
				digitizedLocal: null,
				savedLocal: null,
				satelliteAt: null,
			},
			[{ flag: "taken-before-order", minutes: 60 }],
		],
		[
			"taken after it came",
			{
				takenAt: "2026-05-02T09:00:00.000Z",
				takenLocal: "2026-05-02T17:00:00",
				digitizedLocal: null,
				savedLocal: null,
				satelliteAt: null,
			},
			[{ flag: "taken-in-future", minutes: 60 }],
		],
		[
			"another time of its digitizing",
			{ digitizedLocal: "2026-04-20T14:10:05" },
			[{ flag: "times-disagree", minutes: 17_280, time: "digitized" }],
		],
		[
			"saved before it was taken",
			{ savedLocal: "2026-05-02T10:10:05" },
			[{ flag: "times-disagree", minutes: 240, time: "saved" }],
		],
		[
			"the satellites know another time",
			{ satelliteAt: "2026-04-30T06:10:05.000Z" },
			[{ flag: "times-disagree", minutes: 2880, time: "satellite" }],
		],
		[
			"saved anew hours later",
			{ savedLocal: "2026-05-02T17:10:05" },
			[{ flag: "saved-later", minutes: 180 }],
		],
		[
			"saved by an editor",
			{ software: "Adobe Photoshop 25.0 (Windows)" },
			[{ flag: "edited-with", software: "Adobe Photoshop 25.0 (Windows)" }],
		],
		[
			"saved by one with a Chinese name",
			{ software: "美图秀秀" },
			[{ flag: "edited-with", software: "美图秀秀" }],
		],
		["a position and nothing a camera writes with it", { withPosition: [] }, [{ flag: "place-written-in" }]],
		[
			"a hundred kilometres away",
			{ position: FAR },
			[{ flag: "far-from-order", metres: expect.closeTo(96_263, -3) }],
		],
		[
			"a hundred kilometres away, without a time",
			{ ...NOTHING, position: FAR, withPosition: ["GPSAltitude"] },
			[{ flag: "far-from-order", metres: expect.any(Number) }],
		],
	])("%s", (_, photo, expected) => expect(flags(photo)).toEqual(expected));

	test("each thing for itself, with its own figures", () => {
		const all = flags({ digitizedLocal: "2026-05-01T14:10:05", software: "Snapseed 2.0", position: FAR });
		expect(all.map((one) => one.flag)).toEqual(["times-disagree", "edited-with", "far-from-order"]);
	});
});

test("distances are along the earth", () => {
	// Shenzhen to Guangzhou
	expect(metresBetween({ latitude: 22.54, longitude: 113.95 }, FAR)).toBeGreaterThan(90_000);
	expect(metresBetween(FAR, FAR)).toBe(0);
	expect(metresBetween({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 })).toBeLessThan(
		23_000,
	);
});
