import { z } from "zod";
import { Source } from "./rules/table.ts";
import { type Instant, minutesBetween } from "./time/instant.ts";

/**
 * What looks odd about a photo: it says that it is older than the order, its own times disagree, it was taken where the
 * order never was. Each is a hint with its figures, for a person to weigh: none of it decides anything. A photo that
 * says nothing of itself is not odd: chat programs take those fields out.
 */

const Minutes = z.strictObject({ minutes: z.int().positive(), source: Source });

/** packs/common/photo-flags.yaml: from which difference on something is odd. */
export const PhotoFigures = z.strictObject({
	"before-order": Minutes,
	ahead: Minutes,
	"times-apart": Minutes,
	"saved-later": Minutes,
	place: z.strictObject({
		metres: z.int().positive(),
		/** On the way between two places the road may lead this much of their distance aside. */
		"leg-percent": z.int().min(0).max(100),
		/** Photos taken so long after the order's last event may come from anywhere. */
		"hours-after": z.int().min(0),
		source: Source,
	}),
	alike: z.strictObject({
		/** Of 256 by which two pictures may differ and be the same; and when edges were cut off. */
		bits: z.int().min(0).max(64),
		"cut-bits": z.int().min(0).max(64),
		detail: z.int().min(0).max(100),
		source: Source,
	}),
	/** GPS fields that a camera writes together with the position. */
	"with-position": z.array(z.string().min(1)).min(1),
	/** Names that picture editors leave in a file. */
	editors: z.array(z.string().min(2)).min(1),
});
export type PhotoFigures = z.output<typeof PhotoFigures>;

/** In WGS-84. */
export interface Position {
	latitude: number;
	longitude: number;
}

/** What a photo says of itself. Wall clock times are without zone. */
export interface PhotoAccount {
	takenLocal: string | null;
	/** Where the camera recorded its offset, or the satellites' time. */
	takenAt: Instant | null;
	digitizedLocal: string | null;
	savedLocal: string | null;
	satelliteAt: Instant | null;
	device: string | null;
	software: string | null;
	position: Position | null;
	/** Names of the GPS fields beside the position. */
	withPosition: readonly string[];
}

/** What it is compared with. */
export interface Around {
	zone: string;
	receivedAt: Instant;
	/** When the first order of the case was taken, and when its last event was. */
	orderedAt: Instant | null;
	endedAt: Instant | null;
	/** Where the order was, in the order in which it was there. */
	places: readonly OrderPlace[];
}

export interface OrderPlace extends Position {
	at: Instant;
	what: string;
}

/** Of a file as such, whatever it is. */
export const FILE_FLAGS = ["seen-in-another-case", "alike-in-another-case", "seen-in-this-case"] as const;
export const PHOTO_FLAGS = [
	"taken-before-order",
	"taken-in-future",
	"times-disagree",
	"saved-later",
	"edited-with",
	"far-from-order",
	"place-written-in",
] as const;
export type PhotoFlagCode = (typeof PHOTO_FLAGS)[number];

/** One odd thing, with the figures that make it so. */
export interface PhotoFlag {
	flag: PhotoFlagCode;
	/** By how much. */
	minutes?: number;
	metres?: number;
	/** Which of the photo's own times stands against the time when it was taken. */
	time?: "digitized" | "saved" | "satellite";
	software?: string;
}

/** When a photo was taken: as it says, or by its wall clock in the company's zone. */
export function takenAtOf({ takenAt, takenLocal }: PhotoAccount, zone: string): Instant | null {
	return instantIn(takenLocal, zone, takenAt);
}

function instantIn(local: string | null, zone: string, known: Instant | null): Instant | null {
	if (known !== null || local === null) return known;
	return Temporal.PlainDateTime.from(local)
		.toZonedDateTime(zone)
		.toInstant()
		.toString({ fractionalSecondDigits: 3 });
}

/** What is odd about a photo, each thing with its figures. */
export function photoFlags(photo: PhotoAccount, around: Around, figures: PhotoFigures): PhotoFlag[] {
	return [
		...takenFlags(photo, around, figures),
		...timeFlags(photo, around, figures),
		...madeFlags(photo, figures),
		...placeFlags(photo, around, figures),
	];
}

function takenFlags(photo: PhotoAccount, around: Around, figures: PhotoFigures): PhotoFlag[] {
	const taken = takenAtOf(photo, around.zone);
	if (taken === null) return [];
	const early = around.orderedAt === null ? 0 : minutesBetween(taken, around.orderedAt);
	const ahead = minutesBetween(around.receivedAt, taken);
	return [
		...odd("taken-before-order", early, figures["before-order"].minutes),
		...odd("taken-in-future", ahead, figures.ahead.minutes),
	];
}

/** A camera writes the same moment several times; whoever changes one rarely changes all. */
function timeFlags(photo: PhotoAccount, { zone }: Around, figures: PhotoFigures): PhotoFlag[] {
	const { takenLocal, digitizedLocal, savedLocal, satelliteAt } = photo;
	if (takenLocal === null) return [];
	const apart = figures["times-apart"].minutes;
	const digitized = digitizedLocal === null ? 0 : Math.abs(localMinutes(takenLocal, digitizedLocal));
	const saved = savedLocal === null ? 0 : localMinutes(takenLocal, savedLocal);
	// the wall clock with its offset, not the satellites' own time once more
	const taken = takenAtOf({ ...photo, takenAt: photo.takenAt === satelliteAt ? null : photo.takenAt }, zone);
	const satellite = satelliteAt === null || taken === null ? 0 : Math.abs(minutesBetween(taken, satelliteAt));
	return [
		...odd("times-disagree", digitized, apart, { time: "digitized" }),
		...odd("times-disagree", -saved, apart, { time: "saved" }),
		...odd("times-disagree", satellite, apart, { time: "satellite" }),
		...odd("saved-later", saved, figures["saved-later"].minutes),
	];
}

function madeFlags({ software, position, withPosition }: PhotoAccount, figures: PhotoFigures): PhotoFlag[] {
	const named = software?.toLowerCase() ?? "";
	const edited = figures.editors.some((one) => named.includes(one.toLowerCase()));
	const bare = position !== null && !withPosition.some((one) => figures["with-position"].includes(one));
	return [
		...(edited && software ? [{ flag: "edited-with", software } as const] : []),
		...(bare ? [{ flag: "place-written-in" } as const] : []),
	];
}

/** Only while the order ran: before and after it the photo may come from anywhere. */
function placeFlags(photo: PhotoAccount, around: Around, { place }: PhotoFigures): PhotoFlag[] {
	const { position } = photo;
	const { orderedAt, endedAt, places } = around;
	const taken = takenAtOf(photo, around.zone);
	if (position === null || places.length === 0) return [];
	if (taken !== null && orderedAt !== null && taken < orderedAt) return [];
	if (taken !== null && endedAt !== null && minutesBetween(endedAt, taken) > place["hours-after"] * 60)
		return [];
	const near = nearestPlace(position, places);
	if (near === null || near.metres <= place.metres) return [];
	const onTheWay = places.slice(1).some((to, n) => {
		const from = places[n];
		if (!from) return false;
		const aside = place.metres + (place["leg-percent"] / 100) * metresBetween(from, to);
		return metresToLeg(position, from, to) <= aside;
	});
	return onTheWay ? [] : [{ flag: "far-from-order", metres: near.metres }];
}

function odd(flag: PhotoFlagCode, minutes: number, most: number, more: Partial<PhotoFlag> = {}): PhotoFlag[] {
	return minutes > most ? [{ flag, minutes, ...more }] : [];
}

function localMinutes(from: string, to: string): number {
	const until = Temporal.PlainDateTime.from(from).until(Temporal.PlainDateTime.from(to));
	return Math.trunc(until.total({ unit: "minutes", relativeTo: from }));
}

/** The place of the order that is nearest. */
export function nearestPlace(
	position: Position,
	places: readonly OrderPlace[],
): { place: OrderPlace; metres: number } | null {
	const all = places.map((place) => ({ place, metres: Math.round(metresBetween(position, place)) }));
	return all.toSorted((a, b) => a.metres - b.metres)[0] ?? null;
}

const EARTH_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Along the great circle (haversine). */
export function metresBetween(a: Position, b: Position): number {
	const [north, east] = [(b.latitude - a.latitude) * RADIANS, (b.longitude - a.longitude) * RADIANS];
	const part =
		Math.sin(north / 2) ** 2 +
		Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(east / 2) ** 2;
	return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(part)));
}

/** From the straight line between two places, on a plane that touches the earth at the first: near enough for a hint. */
function metresToLeg(position: Position, from: Position, to: Position): number {
	const flat = ({ latitude, longitude }: Position) => ({
		x: (longitude - from.longitude) * RADIANS * EARTH_METRES * Math.cos(from.latitude * RADIANS),
		y: (latitude - from.latitude) * RADIANS * EARTH_METRES,
	});
	const [p, end] = [flat(position), flat(to)];
	const length = end.x ** 2 + end.y ** 2;
	const along = length === 0 ? 0 : Math.max(0, Math.min(1, (p.x * end.x + p.y * end.y) / length));
	return Math.hypot(p.x - along * end.x, p.y - along * end.y);
}
