import { readFile, stat } from "node:fs/promises";
import exifr from "exifr";
import sharp from "sharp";
import { z } from "zod";
import type { PhotoAccount } from "#engine/photo-flags.ts";

/** What a photo says of itself. Anybody can write these fields: they support a statement, they don't prove it. */
export type Photo = PhotoAccount & {
	/** In pixels, as seen upright. */
	width: number;
	height: number;
};

export type ReadPhoto =
	| ({ ok: true } & Photo)
	| { ok: false; reason: "too-large" | "too-many-pixels" | "unreadable"; detail: string };

export type PhotoLimits = { maxBytes: number; maxPixels: number };

const defaultLimits: PhotoLimits = { maxBytes: 30 * 1024 * 1024, maxPixels: 120_000_000 };

/** Reads a photo's own account of when, where and with what it was taken. No pixel is decoded. */
export async function readPhoto(path: string, limits: PhotoLimits = defaultLimits): Promise<ReadPhoto> {
	if ((await stat(path)).size > limits.maxBytes) {
		return { ok: false, reason: "too-large", detail: `photos are read up to ${limits.maxBytes} bytes` };
	}
	const content = await readFile(path);
	const exif = await exifOf(content);
	const size = (await sizeOf(content)) ?? sizeInExif(exif);
	if (size === null) return { ok: false, reason: "unreadable", detail: "the picture can't be read" };
	if (size.width * size.height > limits.maxPixels) {
		const detail = `${size.width} x ${size.height} pixels, at most ${limits.maxPixels} in all are taken`;
		return { ok: false, reason: "too-many-pixels", detail };
	}
	return { ok: true, ...size, ...accountOf(exif) };
}

const text = z.string().trim().min(1).max(200).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const numbers = z.array(z.number()).length(3).optional().catch(undefined);

/** The fields we use; one that is malformed counts as absent. */
const Exif = z.object({
	Make: text,
	Model: text,
	Software: text,
	CreatorTool: text,
	DateTimeOriginal: text,
	OffsetTimeOriginal: text,
	/** DateTimeDigitized and DateTime, as the library calls them. */
	CreateDate: text,
	ModifyDate: text,
	GPSDateStamp: text,
	GPSTimeStamp: numbers,
	latitude: number,
	longitude: number,
	ExifImageWidth: number,
	ExifImageHeight: number,
});
type Exif = z.output<typeof Exif> & { beside: string[] };

const Block = z.record(z.string(), z.unknown()).catch({}).default({});
const Blocks = z.object({ ifd0: Block, exif: Block, gps: Block, xmp: Block });
const POSITION = ["GPSVersionID", "GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSLongitudeRef"];

async function exifOf(content: Buffer): Promise<Exif> {
	// Values stay as written: the library would read wall clock times in this machine's zone.
	const options = { reviveValues: false, translateValues: false, mergeOutput: false, xmp: true };
	// no EXIF that can be read is no fault of the picture
	const read: unknown = await exifr.parse(content, options).catch(() => null);
	const { ifd0, exif, gps, xmp } = Blocks.parse(read ?? {});
	const fields = { CreatorTool: xmp.CreatorTool, ...ifd0, ...exif, ...gps };
	const beside = Object.keys(fields).filter((one) => one.startsWith("GPS") && !POSITION.includes(one));
	return { ...Exif.parse(fields), beside };
}

function accountOf(exif: Exif): PhotoAccount {
	return {
		...whenTaken(exif),
		digitizedLocal: plainOf(exif.CreateDate),
		savedLocal: plainOf(exif.ModifyDate),
		device: deviceOf(exif),
		software: exif.Software ?? exif.CreatorTool ?? null,
		position: positionOf(exif),
		withPosition: exif.beside,
	};
}

const formats: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "gif", "heif"]);

async function sizeOf(content: Buffer): Promise<{ width: number; height: number } | null> {
	try {
		// Only the header is read, so the pixel limit can be ours, checked by the caller with a clear answer.
		const { autoOrient, format } = await sharp(content, { limitInputPixels: false }).metadata();
		if (!formats.has(format)) return null;
		return { width: autoOrient.width, height: autoOrient.height };
	} catch {
		return null; // not a picture, or HEIC, whose codec this build leaves out
	}
}

function sizeInExif(exif: Exif): { width: number; height: number } | null {
	const { ExifImageWidth: width, ExifImageHeight: height } = exif;
	if (width === undefined || height === undefined || width < 1 || height < 1) return null;
	return { width, height };
}

function whenTaken(exif: Exif): Pick<Photo, "takenLocal" | "takenAt" | "satelliteAt"> {
	const local = plainOf(exif.DateTimeOriginal);
	const offset = /^[+-]\d{2}:\d{2}$/.exec(exif.OffsetTimeOriginal ?? "")?.[0];
	const [hour = 0, minute = 0, second = 0] = exif.GPSTimeStamp ?? [];
	const clock = [hour, minute, Math.floor(second)].map((part) => String(part).padStart(2, "0")).join(":");
	const satellite = exif.GPSTimeStamp ? plainOf(`${exif.GPSDateStamp} ${clock}`) : null;
	const satelliteAt = satellite && instantOf(`${satellite}Z`);
	return {
		takenLocal: local,
		takenAt: (local && offset && instantOf(local + offset)) || satelliteAt,
		satelliteAt,
	};
}

/** EXIF's `2026:03:01 11:07:30` as an ISO wall clock time; null when it is none, such as all zeros. */
function plainOf(stamp: string | undefined): string | null {
	const match = /^(\d{4})[:-](\d{2})[:-](\d{2}) (\d{2}:\d{2}:\d{2})/.exec(stamp ?? "");
	if (match === null) return null;
	try {
		return Temporal.PlainDateTime.from(`${match[1]}-${match[2]}-${match[3]}T${match[4]}`).toString();
	} catch {
		return null;
	}
}

function instantOf(stamp: string): string | null {
	try {
		return Temporal.Instant.from(stamp).toString({ fractionalSecondDigits: 3 });
	} catch {
		return null;
	}
}

function positionOf({ latitude, longitude }: Exif): Photo["position"] {
	if (latitude === undefined || longitude === undefined) return null;
	if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
	if (latitude === 0 && longitude === 0) return null; // what cameras write when they have no fix
	return { latitude, longitude };
}

function deviceOf({ Make, Model }: Exif): string | null {
	if (Make === undefined || Model === undefined) return Model ?? Make ?? null;
	return Model.startsWith(Make) ? Model : `${Make} ${Model}`;
}
