import sharp, { type Exif } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { photoOf } from "../adapters/disk/testing-scene.ts";
import { alikeTo } from "../store/picture-prints.ts";
import { COMPLAINT, formOf, type TestEdge } from "./testing.ts";
import { wholeEdge } from "./testing-whole.ts";

/** Orders are taken at 08:00 on 1 March in Shenzhen, and are on the road until 12:00. */
let edge: TestEdge;
let orders = 0;

beforeAll(async () => {
	edge = await wholeEdge();
});
afterAll(() => edge.close());

const SHENZHEN = { latitude: 22.54, longitude: 113.95 };

/** A case about an order of its own, whose book knows where it was. */
async function filed(number = `SF26030${++orders}`): Promise<string> {
	await edge.ask("key", "PUT", `/api/orders/${number}`, {
		...{ trade: "express", status: "done", facts: {}, people: [], worker: "courier-1" },
		takenAt: "2026-03-01T00:00:00.000Z",
		events: [
			{ at: "2026-03-01T01:00:00.000Z", what: "揽收", position: { ...SHENZHEN, datum: "WGS-84" } },
			// the same street on a Chinese map
			{
				at: "2026-03-01T04:00:00.000Z",
				what: "派送",
				position: { latitude: 22.537, longitude: 113.9549, datum: "GCJ-02" },
			},
		],
	});
	const [order] = COMPLAINT.orders;
	return (await edge.file({ orders: [{ ...order, number }] })).case;
}

/** As a phone writes it at 10:00 on the day of the order, in the order's street. */
function exif(change: { taken?: string; more?: Exif; at?: [number, number]; bare?: boolean } = {}): Exif {
	const { taken = "2026:03:01 10:00:00", at = [22.54, 113.95], bare = false, more = {} } = change;
	const degrees = (value: number) => `${Math.round(value * 1_000_000)}/1000000 0/1 0/1`;
	return {
		IFD0: { Make: "HUAWEI", Model: "P60", DateTime: taken, ...more.IFD0 },
		IFD2: { DateTimeOriginal: taken, DateTimeDigitized: taken, OffsetTimeOriginal: "+08:00", ...more.IFD2 },
		IFD3: {
			...{ GPSLatitudeRef: "N", GPSLatitude: degrees(at[0]) },
			...{ GPSLongitudeRef: "E", GPSLongitude: degrees(at[1]) },
			...(bare ? {} : { GPSAltitude: "12/1" }),
			...more.IFD3,
		},
	};
}

interface Checks {
	photo: Record<string, unknown> | null;
	comparable: boolean;
	orderedAt: string | null;
	receivedAt: string;
	flags: { flag: string; minutes?: number; metres?: number; time?: string; software?: string }[];
	nearest: { metres: number; place: { what: string } } | null;
	places: number;
	elsewhere: {
		case: { id: string; number: string; evidence: string } | null;
		order: string | null;
		same: string;
		differs: number;
	}[];
}

async function add(kase: string, bytes: Buffer, who = "handler"): Promise<string> {
	const form = formOf({ kind: "photo", title: "照片" }, { bytes });
	const added = await edge.ask(who, "POST", `/api/cases/${kase}/evidence`, form.body, form.headers);
	expect(added.status).toBe(201);
	return (added.body as { evidence: string }).evidence;
}

async function checks(kase: string, evidence: string, who = "handler"): Promise<Checks> {
	const asked = await edge.ask(who, "GET", `/api/cases/${kase}/evidence/${evidence}/checks`);
	expect(asked.status).toBe(200);
	return asked.body as Checks;
}

async function flagsIn(kase: string, evidence: string): Promise<string[]> {
	const { body } = await edge.ask("handler", "GET", `/api/cases/${kase}`);
	const { evidence: all } = (body as { case: { evidence: { id: string; flags: string[] }[] } }).case;
	return all.find((one) => one.id === evidence)?.flags ?? [];
}

let pictures = 100;

describe("a photo", () => {
	test.each<[string, () => Exif]>([
		["made on the order's road", () => exif()],
		["of which a chat program left nothing", () => ({})],
		[
			"whose satellites' time agrees",
			() => exif({ more: { IFD3: { GPSDateStamp: "2026:03:01", GPSTimeStamp: "2/1 0/1 0/1" } } }),
		],
		["taken the day after, elsewhere", () => exif({ taken: "2026:03:02 08:00:00", at: [31.23, 121.47] })],
	])("%s is not flagged", async (_, account) => {
		const kase = await filed();
		const evidence = await add(kase, await photoOf(++pictures, account()));
		expect(await flagsIn(kase, evidence)).toEqual([]);
		expect(await checks(kase, evidence)).toMatchObject({ flags: [], elsewhere: [], comparable: true });
	});

	test.each<[string, () => Exif, Partial<Checks["flags"][0]>]>([
		[
			"older than the order",
			() => exif({ taken: "2026:02:20 10:00:00" }),
			{ flag: "taken-before-order", minutes: 12_840 },
		],
		["taken after it came", () => exif({ taken: "2026:03:05 10:00:00" }), { flag: "taken-in-future" }],
		[
			"with its time changed",
			() => exif({ more: { IFD2: { DateTimeDigitized: "2026:02:20 10:00:00" } } }),
			{ flag: "times-disagree", time: "digitized" },
		],
		[
			"whose satellites know another time",
			() => exif({ more: { IFD3: { GPSDateStamp: "2026:02:20", GPSTimeStamp: "2/1 0/1 0/1" } } }),
			{ flag: "times-disagree", time: "satellite" },
		],
		[
			"saved by an editor",
			() => exif({ more: { IFD0: { Software: "Adobe Photoshop 25.0" } } }),
			{ flag: "edited-with", software: "Adobe Photoshop 25.0" },
		],
		["made a thousand kilometres away", () => exif({ at: [31.23, 121.47] }), { flag: "far-from-order" }],
		["into which a place was written", () => exif({ bare: true }), { flag: "place-written-in" }],
	])("%s is flagged with its figures", async (_, account, expected) => {
		const kase = await filed();
		const evidence = await add(kase, await photoOf(++pictures, account()));
		expect(await flagsIn(kase, evidence)).toContain(expected.flag);
		const { flags } = await checks(kase, evidence);
		expect(flags).toContainEqual(expect.objectContaining(expected));
	});

	test("its account is told beside the order's, with how far it is from it", async () => {
		const kase = await filed();
		const told = await checks(kase, await add(kase, await photoOf(++pictures, exif())));
		expect(told).toMatchObject({
			photo: { takenAt: "2026-03-01T02:00:00.000Z", device: "HUAWEI P60", zoneSupposed: false },
			...{ orderedAt: "2026-03-01T00:00:00.000Z", receivedAt: edge.now.at, places: 2 },
		});
		// both places of the order are the same street, though their maps differ by half a kilometre
		expect(told.nearest?.metres).toBeLessThan(100);
	});

	test("a clock that is ahead doesn't keep the photo out", async () => {
		const kase = await filed();
		const evidence = await add(kase, await photoOf(++pictures, exif({ taken: "2026:03:05 10:00:00" })));
		const { body } = await edge.ask("handler", "GET", `/api/cases/${kase}`);
		expect(body).toMatchObject({ case: { evidence: [{ id: evidence, takenAt: null }] } });
	});
});

describe("the same picture in another case", () => {
	const copies: [string, (original: Buffer) => Promise<Buffer>, string][] = [
		["to the byte", async (original) => original, "seen-in-another-case"],
		[
			"as a chat program sends it on",
			(one) => sharp(one).resize(400).jpeg({ quality: 50 }).toBuffer(),
			"alike-in-another-case",
		],
		[
			"with its edges cut off",
			(one) => sharp(one).extract({ left: 24, top: 18, width: 752, height: 564 }).jpeg().toBuffer(),
			"alike-in-another-case",
		],
		[
			"as another format, in grey",
			(one) => sharp(one).greyscale().webp({ quality: 60 }).toBuffer(),
			"alike-in-another-case",
		],
	];
	test.each(copies)("%s is flagged, and the other case named", async (_, copied, flag) => {
		const original = await photoOf(++pictures, exif());
		const [first, second] = [await filed(), await filed()];
		const there = await add(first, original);
		const here = await add(second, await copied(original));
		expect(await flagsIn(second, here)).toContain(flag);
		const { elsewhere } = await checks(second, here);
		expect(elsewhere).toMatchObject([
			{ case: { id: first, evidence: there }, same: flag.startsWith("seen") ? "file" : "picture" },
		]);
		// it wasn't known of the first one when it came; it is seen when somebody looks
		expect(await flagsIn(first, there)).toEqual([]);
		expect((await checks(first, there)).elsewhere).toMatchObject([{ case: { id: second } }]);
	});

	test("isn't held against another case about the same order", async () => {
		const picture = await photoOf(++pictures);
		const [first, second] = [await filed("SF-SAME"), await filed("SF-SAME")];
		await add(first, picture);
		const here = await add(second, picture);
		expect(await flagsIn(second, here)).toEqual([]);
		expect((await checks(second, here)).elsewhere).toEqual([]);
	});

	test("isn't named to whoever may not open it", async () => {
		const picture = await photoOf(++pictures);
		const [first, second] = [await filed(), await filed()];
		await add(first, picture);
		const here = await add(second, picture);
		await edge.tell("handler", first, "RestrictCase", { why: "未成年人" });
		expect((await checks(second, here)).elsewhere).toEqual([
			{ case: null, order: null, same: "file", differs: 0 },
		]);
	});

	test("is told to nobody but the office", async () => {
		const picture = await photoOf(++pictures);
		const [first, second] = [await filed(), await filed()];
		await add(first, picture);
		const here = await add(second, picture, "courier-1");
		expect(await flagsIn(second, here)).toContain("seen-in-another-case");
		for (const who of ["courier-1", `link:${second}:p1`, "courier-2", "officer"]) {
			const asked = await edge.ask(who, "GET", `/api/cases/${second}/evidence/${here}/checks`);
			expect(asked.status).toBe(404);
			const read = await edge.ask(who, "GET", `/api/cases/${second}`);
			expect(JSON.stringify(read.body)).not.toContain("seen-in-another-case");
			const history = await edge.ask(who, "GET", `/api/cases/${second}/history`);
			expect(JSON.stringify(history.body)).not.toContain("seen-in-another-case");
		}
	});

	test("another company's pictures are not looked at", async () => {
		const kase = await filed();
		const evidence = await add(kase, await photoOf(++pictures));
		const [statement] = alikeTo("other", "0".repeat(64), [{ part: 0, bits: "0".repeat(64) }], {
			whole: 64,
			cut: 64,
		});
		expect(statement && (await edge.database.read([statement]))).toEqual([[]]);
		expect((await checks(kase, evidence)).elsewhere).toEqual([]);
	});
});

test("files that are no pictures, or say nothing, are told as such", async () => {
	const kase = await filed();
	const form = formOf(
		{ kind: "statement", title: "说明" },
		{ bytes: Buffer.from("说明文字"), name: "a.txt" },
	);
	const added = await edge.ask("handler", "POST", `/api/cases/${kase}/evidence`, form.body, form.headers);
	const { evidence } = added.body as { evidence: string };
	expect(await checks(kase, evidence)).toMatchObject({
		photo: null,
		comparable: false,
		flags: [],
		elsewhere: [],
	});
	expect((await edge.ask("handler", "GET", `/api/cases/${kase}/evidence/e99/checks`)).status).toBe(404);
});
