import { z } from "zod";
import type { Case } from "#engine/case.ts";
import {
	type Around,
	nearestPlace,
	type OrderPlace,
	type PhotoAccount,
	type PhotoFlag,
	photoFlags,
	takenAtOf,
} from "#engine/photo-flags.ts";
import type { PicturePrint } from "./adapters/disk/picture-print.ts";
import type { Desk } from "./handle.ts";
import { toWgs84 } from "./map-datum.ts";
import { photoFigures } from "./photo-figures.ts";
import type { OrderBook, OrderRecord } from "./ports/order-book.ts";
import { findCase } from "./store/case-read.ts";
import { casesShowing } from "./store/evidence-files.ts";
import { type AlikeRow, alikeTo } from "./store/picture-prints.ts";

/**
 * What looks odd about a file that came into a case, with the figures: for the office alone. A person decides what it
 * means.
 */
export interface Ground {
	desk: Desk;
	orders: OrderBook;
}

/** A file as far as it is looked at here. */
export interface Looked {
	sha256: string;
	photo: PhotoAccount | null;
	prints: readonly PicturePrint[];
}

/** Another place in which the same file or picture stands: a case, or an order on the road. */
export interface Elsewhere {
	kase: Case | null;
	order: string | null;
	/** Its id in that case. */
	evidence: string | null;
	/** Of 256 bits; 0 is the same file, or one that looks exactly so. */
	differs: number;
	same: "file" | "picture";
}

const nullable = z.string().nullable().default(null);

/** A photo's account as it is kept with the file; what was kept before there was more to know lacks the rest. */
export const KeptAccount = z.object({
	takenLocal: nullable,
	takenAt: nullable,
	digitizedLocal: nullable,
	savedLocal: nullable,
	satelliteAt: nullable,
	device: nullable,
	software: nullable,
	position: z.object({ latitude: z.number(), longitude: z.number() }).nullable().default(null),
	// without knowing what stood beside a position nothing can be said against it
	withPosition: z.array(z.string()).default(["GPSTimeStamp"]),
});

/** Codes of everything odd, as they go into the case. */
export async function flagsOf(ground: Ground, kase: Case, file: Looked, now: string): Promise<string[]> {
	const [odd, used, shown] = await Promise.all([
		oddIn(ground, kase, file.photo, now).then((one) => one.flags),
		usedElsewhere(ground.desk, kase, file),
		showing(ground.desk, kase.company, file.sha256),
	]);
	const flags = {
		"seen-in-another-case": used.some((one) => one.same === "file"),
		"alike-in-another-case": used.some((one) => one.same === "picture"),
		"seen-in-this-case": shown.includes(kase.id),
	};
	return [
		...new Set(odd.map((one) => one.flag)),
		...Object.entries(flags).flatMap(([flag, is]) => (is ? [flag] : [])),
	];
}

/** When a photo was taken, for the record; a camera whose clock is ahead is not believed. */
export function takenAtIn(desk: Desk, kase: Case, photo: PhotoAccount | null, now: string): string | null {
	const taken = photo && takenAtOf(photo, zoneOf(desk, kase));
	return taken !== null && taken <= now ? taken : null;
}

function zoneOf(desk: Desk, { pack }: Case): string {
	return desk.packs.get(pack.name, pack.version).data.head.zone;
}

/** A photo's account against the orders of its case. */
export async function oddIn(
	ground: Ground,
	kase: Case,
	photo: PhotoAccount | null,
	receivedAt: string,
): Promise<{ around: Around; flags: PhotoFlag[]; nearest: ReturnType<typeof nearestPlace> }> {
	const around = await aroundOf(ground, kase, photo, receivedAt);
	const flags = photo ? photoFlags(photo, around, await photoFigures()) : [];
	const nearest = photo?.position ? nearestPlace(photo.position, around.places) : null;
	return { around, flags, nearest };
}

/** Places stay in the order book, for they may be somebody's address: it is asked when there is a photo to compare. */
async function aroundOf(
	{ desk, orders }: Ground,
	kase: Case,
	photo: PhotoAccount | null,
	receivedAt: string,
): Promise<Around> {
	const records = photo
		? await Promise.all(kase.orders.map((one) => orders.find(kase.company, one.number)))
		: [];
	const known = records.flatMap((one) => (one.ok && one.order ? [one.order] : []));
	const events = [...kase.orders, ...known].flatMap((one) => one.events.map(({ at }) => at));
	const frozen = kase.orders.flatMap((one) => one.takenAt ?? []);
	const [orderedAt = null] = (frozen.length > 0 ? frozen : known.flatMap((one) => one.takenAt ?? [])).sort();
	return {
		...{ zone: zoneOf(desk, kase), receivedAt, orderedAt },
		endedAt: events.toSorted().at(-1) ?? null,
		places: known.flatMap(placesOf).toSorted((a, b) => a.at.localeCompare(b.at)),
	};
}

/** In WGS-84, as cameras write it. */
function placesOf({ events }: OrderRecord): OrderPlace[] {
	return events.flatMap(({ at, what, position }) =>
		position ? [{ at, what, ...toWgs84(position, position.datum) }] : [],
	);
}

const MOST_ELSEWHERE = 10;

/** Where else the company has seen the file or a picture like it. Other cases about the same order may well show it. */
export async function usedElsewhere(desk: Desk, kase: Case, file: Looked): Promise<Elsewhere[]> {
	const { alike } = await photoFigures();
	const most = { whole: alike.bits, cut: alike["cut-bits"] };
	const [exact, alikes] = await Promise.all([
		showing(desk, kase.company, file.sha256),
		file.prints.length > 0 ? desk.database.read(alikeTo(kase.company, file.sha256, file.prints, most)) : [],
	]);
	const found = new Map<string, { sha256: string; differs: number; same: Elsewhere["same"] }>();
	for (const id of exact) found.set(id, { sha256: file.sha256, differs: 0, same: "file" });
	const rows = (alikes as AlikeRow[][]).flat().toSorted((a, b) => a.differs - b.differs);
	for (const { sha256, differs, cases } of rows)
		for (const id of cases) if (!found.has(id)) found.set(id, { sha256, differs, same: "picture" });
	const own = new Set(kase.orders.map((one) => one.number));
	const others = [...found]
		.filter(([id]) => id !== kase.id && !own.has(orderIn(id) ?? ""))
		.slice(0, MOST_ELSEWHERE);
	const places = await Promise.all(
		others.map(async ([id, { sha256, ...how }]) => {
			const order = orderIn(id);
			const other = order === null ? await findCase(desk.database, kase.company, id) : null;
			if (order === null && !other) return [];
			if (other?.orders.some((one) => own.has(one.number))) return [];
			const evidence = other?.evidence.find((one) => one.file?.sha256 === sha256)?.id ?? null;
			return [{ kase: other, order, evidence, ...how }];
		}),
	);
	return places.flat();
}

/** The number of the order on whose road a file was made, when that is where it stands. */
function orderIn(place: string): string | null {
	return place.startsWith("order:") ? place.slice("order:".length) : null;
}

async function showing(desk: Desk, company: string, sha256: string): Promise<string[]> {
	const [[row] = []] = (await desk.database.read([casesShowing(company, sha256)])) as { cases: string[] }[][];
	return row?.cases ?? [];
}
