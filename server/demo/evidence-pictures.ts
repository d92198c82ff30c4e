import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Exif } from "sharp";
import type { Actor } from "#engine/actor.ts";
import { instantPlus } from "#engine/time/instant.ts";
import type { Desk } from "../handle.ts";
import { type EvidencePlace, takeEvidence } from "../http/evidence-intake.ts";
import { newId } from "../ids.ts";
import type { OrderBook } from "../ports/order-book.ts";
import { findCase } from "../store/case-read.ts";
import { commit } from "../store/commit.ts";
import { putOrder } from "../store/orders.ts";
import { COMPANY } from "./company.ts";
import { crushedParcel, sentOn } from "./parcel-pictures.ts";

/**
 * Real photos for two complaints of the demo, taken in as any upload is: in the first a recipient shows a crushed
 * parcel; in the second another one shows the same picture, older than their order and from another city.
 */
export const PICTURED = { honest: "YD2026102201", copied: "YD2026102202" } as const;

const STREET = { latitude: 22.5405, longitude: 113.9344 };
const OTHER_CITY = { latitude: 23.1291, longitude: 113.2644 };

export async function addEvidencePictures(
	ground: { desk: Desk; orders: OrderBook },
	place: EvidencePlace,
): Promise<void> {
	const { desk } = ground;
	const [honest, copied] = await Promise.all([
		about(ground, PICTURED.honest),
		about(ground, PICTURED.copied),
	]);
	if (!honest || !copied) return;
	const zone = desk.packs.newest("express")?.data.head.zone ?? "Asia/Shanghai";
	const shown = await crushedParcel(
		"brick",
		accountOf(instantPlus(honest.ordered, { hours: 27 }), STREET, zone),
	);
	await add(ground, place, honest.id, { bytes: shown, title: "外箱一角压扁", piece: "outside" });
	const old = accountOf(instantPlus(copied.ordered, { days: -24 }), OTHER_CITY, zone, "Snapseed 2.21");
	const again = await sentOn(shown, old);
	await add(ground, place, copied.id, { bytes: again, title: "收到时就是这样", piece: "outside" });
	const left = accountOf(instantPlus(copied.ordered, { hours: 25 }), STREET, zone);
	const delivered = await crushedParcel("tile", left);
	await add(ground, place, copied.id, { bytes: delivered, title: "派件时拍的外箱", from: "p2" });
}

/** The case about an order, whose book is told where the order was. */
async function about(
	{ desk, orders }: { desk: Desk; orders: OrderBook },
	number: string,
): Promise<{ id: string; ordered: string } | null> {
	const [[row] = []] = (await desk.database.read([
		{
			sql: "select id from case_row where company = $1 and orders && array[$2]::text[] limit 1",
			parameters: [COMPANY, number],
		},
	])) as { id: string }[][];
	const found = await orders.find(COMPANY, number);
	if (!row || !found.ok || !found.order?.takenAt) return null;
	const { order } = found;
	const events = order.events.map((one) => ({ ...one, position: { ...STREET, datum: "WGS-84" as const } }));
	await commit(desk.database, putOrder(COMPANY, { ...order, events }, desk.keys, desk.clock()));
	return { id: row.id, ordered: found.order.takenAt };
}

async function add(
	ground: { desk: Desk; orders: OrderBook },
	place: EvidencePlace,
	id: string,
	{ bytes, title, from = "p1", piece }: { bytes: Buffer; title: string; from?: string; piece?: string },
): Promise<void> {
	const { desk } = ground;
	const kase = await findCase(desk.database, COMPANY, id);
	if (!kase) return;
	await mkdir(place.uploads, { recursive: true, mode: 0o700 });
	const path = join(place.uploads, newId());
	await writeFile(path, bytes);
	try {
		const actor = sender(kase.id, from);
		const recipe = piece ? { recipe: "parcel-photos", piece } : {};
		const fields = { kind: "photo", title, from, ...recipe };
		await takeEvidence(ground, place, { actor, language: null }, kase, { path, fields });
	} finally {
		await rm(path, { force: true });
	}
}

/** A party by the link that they were given. */
function sender(kase: string, party: string): Actor {
	const respondent = party !== "p1";
	return {
		...{ id: `link:${kase}:${party}`, kind: respondent ? "respondent" : "complainant", company: COMPANY },
		capabilities: [respondent ? "respond" : "complain"],
		...{ organisations: "all", trades: "all", belongsTo: [], link: { case: kase, party } },
	};
}

/** What a phone writes into a photo. */
function accountOf(at: string, { latitude, longitude }: typeof STREET, zone: string, editor?: string): Exif {
	const taken = Temporal.Instant.from(at)
		.toZonedDateTimeISO(zone)
		.toPlainDateTime()
		.toString({ smallestUnit: "second" })
		.replaceAll("-", ":")
		.replace("T", " ");
	const degrees = (value: number) => `${Math.round(value * 1_000_000)}/1000000 0/1 0/1`;
	return {
		IFD0: { Make: "HUAWEI", Model: "P60", Software: editor ?? "MNA-AL00 4.0.0.120", DateTime: taken },
		IFD2: { DateTimeOriginal: taken, DateTimeDigitized: taken },
		IFD3: {
			...{ GPSLatitudeRef: "N", GPSLatitude: degrees(latitude) },
			...{ GPSLongitudeRef: "E", GPSLongitude: degrees(longitude), GPSAltitude: "18/1" },
		},
	};
}
