import sharp, { type Exif } from "sharp";

/** For tests: a picture with as much in it as a photo has, always the same for a number; as PNG. */
export async function scene(seed: number): Promise<Buffer> {
	const roll = rolls(seed);
	const between = (least: number, most: number) => Math.round(least + roll() * (most - least));
	const colour = () => `rgb(${between(0, 255)},${between(0, 255)},${between(0, 255)})`;
	const shapes = Array.from({ length: 40 }, () => {
		const [x, y, size] = [between(-80, 800), between(-60, 600), between(20, 260)];
		return roll() < 0.5
			? `<circle cx="${x}" cy="${y}" r="${size / 2}" fill="${colour()}"/>`
			: `<rect x="${x}" y="${y}" width="${size}" height="${between(20, 260)}" fill="${colour()}" transform="rotate(${between(0, 90)} ${x} ${y})"/>`;
	});
	const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="${colour()}"/>${shapes.join("")}</svg>`;
	return await sharp(Buffer.from(drawn)).png().toBuffer();
}

/** The scene as a phone's photo with this account of itself. */
export async function photoOf(seed: number, exif: Exif = {}): Promise<Buffer> {
	return await sharp(await scene(seed))
		.withExif(exif)
		.jpeg({ quality: 88 })
		.toBuffer();
}

/** Numbers from 0 to 1 (mulberry32). */
function rolls(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
