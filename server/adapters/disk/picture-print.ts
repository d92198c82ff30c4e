import sharp from "sharp";

/**
 * What a picture looks like, in 256 bits: equal pictures have nearly equal prints, though one was made smaller, saved
 * anew by a chat program or given other colours. Made as PDQ makes it (Meta, "The TMK+PDQF Video-Hashing Algorithm and
 * the PDQ Image-Hashing Algorithm", 2019): 64 × 64 grey points, the 16 × 16 lowest frequencies, each above or below
 * their median.
 */
export interface PicturePrint {
	/** Which part of the picture: 0 is the whole, the others are what is left when its edges are cut off. */
	part: number;
	/** 64 hex digits; the lowest frequencies, which change least, come first. */
	bits: string;
}

/** A picture's side, in points, from which all parts are taken. */
const BASE = 160;
const MOST_PIXELS = 120_000_000;
const SIDE = 64;
const FREQUENCIES = 16;
/** Edges cut off, in hundredths of a side: left, top, right, bottom. Cuts that lie between two of them are near to both. */
const PARTS = [
	[0, 0, 0, 0],
	[3, 3, 3, 3],
	[5, 5, 5, 5],
	[7, 7, 7, 7],
	[6, 0, 0, 0],
	[0, 6, 0, 0],
	[0, 0, 6, 0],
	[0, 0, 0, 6],
	[5, 5, 0, 0],
	[0, 5, 5, 0],
	[0, 0, 5, 5],
	[5, 0, 0, 5],
] as const;

/**
 * The prints of a picture and its parts; none when it is so even that any two like it would look the same (`least`: how
 * much there must be to see, 0 to 100), or when it can't be decoded.
 */
export async function readPrints(
	path: string,
	least: number,
	maxPixels = MOST_PIXELS,
): Promise<PicturePrint[]> {
	const base = await greyOf(path, maxPixels);
	if (!base) return [];
	return PARTS.flatMap((part, n) => {
		const grey = partOf(base, part);
		return detailOf(grey) < least ? [] : [{ part: n, bits: bitsOf(frequenciesOf(grey)) }];
	});
}

async function greyOf(path: string, maxPixels: number): Promise<Uint8Array | null> {
	try {
		return await sharp(path, { limitInputPixels: maxPixels })
			.timeout({ seconds: 20 })
			.autoOrient()
			.flatten({ background: "white" })
			.greyscale()
			.resize(BASE, BASE, { fit: "fill" })
			.raw()
			.toBuffer();
	} catch {
		return null; // cut off, or HEIC, whose codec this build leaves out
	}
}

/** A part of the base, averaged down to the points that are looked at. */
function partOf(
	base: Uint8Array,
	[left, top, right, bottom]: readonly [number, number, number, number],
): Float64Array {
	const span = (from: number, to: number) => {
		const start = (from / 100) * BASE;
		const step = (BASE - start - (to / 100) * BASE) / SIDE;
		return Array.from({ length: SIDE }, (_, n) => [start + n * step, start + (n + 1) * step] as const);
	};
	const [columns, rows] = [span(left, right), span(top, bottom)];
	// first along the rows, then down the columns
	const narrow = new Float64Array(SIDE * BASE);
	for (let y = 0; y < BASE; y++)
		for (const [x, [from, to]] of columns.entries())
			narrow[y * SIDE + x] = meanBetween(from, to, (at) => base[y * BASE + at] ?? 0);
	const small = new Float64Array(SIDE * SIDE);
	for (const [y, [from, to]] of rows.entries())
		for (let x = 0; x < SIDE; x++)
			small[y * SIDE + x] = meanBetween(from, to, (at) => narrow[at * SIDE + x] ?? 0);
	return small;
}

function meanBetween(from: number, to: number, at: (point: number) => number): number {
	let sum = 0;
	for (let point = Math.floor(from); point < Math.min(BASE, Math.ceil(to)); point++)
		sum += at(point) * (Math.min(to, point + 1) - Math.max(from, point));
	return sum / (to - from);
}

/** How much there is to see, 0 to 100, as PDQ measures it: what neighbouring points differ by, all together. */
function detailOf(grey: Float64Array): number {
	let sum = 0;
	const step = (a: number, b: number) =>
		Math.abs(Math.trunc((((grey[a] ?? 0) - (grey[b] ?? 0)) * 100) / 255));
	for (let y = 0; y < SIDE; y++)
		for (let x = 0; x < SIDE; x++) {
			const at = y * SIDE + x;
			if (y + 1 < SIDE) sum += step(at, at + SIDE);
			if (x + 1 < SIDE) sum += step(at, at + 1);
		}
	return Math.min(100, Math.trunc(sum / 90));
}

const COSINES = Array.from({ length: FREQUENCIES }, (_, frequency) =>
	Array.from({ length: SIDE }, (_, point) =>
		Math.cos((Math.PI / (2 * SIDE)) * (frequency + 1) * (2 * point + 1)),
	),
);

/** The 16 × 16 lowest frequencies but the mean (a discrete cosine transform), row by row. */
function frequenciesOf(grey: Float64Array): number[] {
	const down = COSINES.map((cosine) =>
		Array.from({ length: SIDE }, (_, x) =>
			cosine.reduce((sum, c, y) => sum + c * (grey[y * SIDE + x] ?? 0), 0),
		),
	);
	return down.flatMap((row) =>
		COSINES.map((cosine) => cosine.reduce((sum, c, x) => sum + c * (row[x] ?? 0), 0)),
	);
}

/** The order of the bits: the corner of the lowest 8 × 8 first, for it is by them that prints are looked up. */
const ORDER = Array.from({ length: FREQUENCIES * FREQUENCIES }, (_, n) => n).toSorted(
	(a, b) => Number(isHigh(a)) - Number(isHigh(b)) || a - b,
);

function isHigh(place: number): boolean {
	return place % FREQUENCIES >= 8 || place >= 8 * FREQUENCIES;
}

function bitsOf(frequencies: readonly number[]): string {
	const sorted = frequencies.toSorted((a, b) => a - b);
	const middle = ((sorted[127] ?? 0) + (sorted[128] ?? 0)) / 2;
	let bits = "";
	for (let n = 0; n < ORDER.length; n += 4) {
		const four = ORDER.slice(n, n + 4).map((place) => ((frequencies[place] ?? 0) > middle ? 1 : 0));
		bits += four.reduce<number>((sum, bit) => sum * 2 + bit, 0).toString(16);
	}
	return bits;
}
