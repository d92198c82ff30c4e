import { useEffect, useState } from "react";

/** When and where a photo says that it was taken, read in the phone before it goes out. */
export interface PhotoSays {
	/** The camera's wall clock, "2026-05-02 14:20"; null: the photo does not say. */
	taken: string | null;
	position: { latitude: number; longitude: number } | null;
}

const known = new WeakMap<Blob, PhotoSays>();

/** Fetches what reads photos, while there is a network. */
export function readyToRead(): void {
	reader().catch(() => {});
}

const reader = () => import("exifr");

/** Null while it is being read, or where it can't be now; only photos say anything. */
export function usePhotoSays(file: Blob, kind: string): PhotoSays | null {
	const [says, setSays] = useState<PhotoSays | null>(() => known.get(file) ?? null);
	useEffect(() => {
		if (kind !== "photo" || known.has(file)) return;
		let gone = false;
		void read(file).then((found) => {
			if (!found) return;
			known.set(file, found);
			if (!gone) setSays(found);
		});
		return () => {
			gone = true;
		};
	}, [file, kind]);
	return says;
}

interface Exif {
	DateTimeOriginal?: unknown;
	latitude?: unknown;
	longitude?: unknown;
}

/** Null: without what reads it nothing is claimed of it. */
async function read(file: Blob): Promise<PhotoSays | null> {
	const exifr = await reader()
		.then((one) => one.default)
		.catch(() => null);
	if (!exifr) return null;
	try {
		const found = (await exifr.parse(file, {
			pick: ["DateTimeOriginal", "GPSLatitude", "GPSLongitude"],
			reviveValues: false,
		})) as Exif | undefined;
		return saysOf(found ?? {});
	} catch {
		return { taken: null, position: null }; // not a picture that says anything
	}
}

/** Pure, for its test. */
export function saysOf({ DateTimeOriginal, latitude, longitude }: Exif): PhotoSays {
	const time = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d)/.exec(String(DateTimeOriginal ?? ""));
	const placed = typeof latitude === "number" && typeof longitude === "number";
	return {
		taken: time ? `${time[1]}-${time[2]}-${time[3]} ${time[4]}` : null,
		position: placed ? { latitude, longitude } : null,
	};
}
