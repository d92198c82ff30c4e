import sharp, { type Exif } from "sharp";

/** Pictures of the demo, drawn: a crushed parcel on a doorstep, as its recipient and its courier might photograph it. */

const WIDTH = 1200;
const HEIGHT = 900;

/** `shade` makes one doorstep look unlike another. */
export async function crushedParcel(shade: "brick" | "tile", exif: Exif): Promise<Buffer> {
	const ground = shade === "brick" ? BRICKS : TILES;
	const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${ground}${PARCEL[shade]}</svg>`;
	return await sharp(Buffer.from(drawn)).blur(0.8).withExif(exif).jpeg({ quality: 86 }).toBuffer();
}

/** As it looks after a chat program: smaller, cut a little, saved badly, and with another account of itself. */
export async function sentOn(picture: Buffer, exif: Exif): Promise<Buffer> {
	return await sharp(picture)
		.extract({ left: 30, top: 24, width: WIDTH - 60, height: HEIGHT - 48 })
		.resize(900)
		.withExif(exif)
		.jpeg({ quality: 60 })
		.toBuffer();
}

const rows = (count: number, draw: (n: number) => string) =>
	Array.from({ length: count }, (_, n) => draw(n)).join("");

const BRICKS = `<rect width="1200" height="900" fill="#8d6e5f"/>${rows(15, (y) =>
	rows(11, (x) => {
		const [left, top] = [x * 120 - (y % 2) * 60, y * 60];
		const tone = 92 + ((x * 7 + y * 13) % 5) * 9;
		return `<rect x="${left + 3}" y="${top + 3}" width="114" height="54" fill="rgb(${tone + 60},${tone},${tone - 20})"/>`;
	}),
)}<rect y="640" width="1200" height="260" fill="#57534e"/><rect x="60" y="40" width="270" height="600" fill="#3f5a52"/><circle cx="295" cy="350" r="14" fill="#d9c27a"/>`;

const TILES = `<rect width="1200" height="900" fill="#c9ccd1"/>${rows(6, (y) =>
	rows(8, (x) => {
		const tone = 190 + ((x * 5 + y * 11) % 6) * 9;
		return `<rect x="${x * 150 + 2}" y="${y * 150 + 2}" width="146" height="146" fill="rgb(${tone},${tone},${tone + 6})"/>`;
	}),
)}<rect x="820" width="380" height="520" fill="#e9e2d3"/><rect x="860" y="60" width="300" height="460" fill="#7a5c43"/>`;

const CARTON = (x: number, y: number, side: number) =>
	`<g transform="translate(${x} ${y})"><ellipse cx="${side * 0.55}" cy="${side * 0.86}" rx="${side * 0.75}" ry="${side * 0.12}" fill="#00000055"/>
<path d="M0 ${side * 0.2} L${side * 0.72} ${side * 0.26} L${side * 0.7} ${side * 0.86} L0 ${side * 0.8} Z" fill="#b98a54"/>
<path d="M0 ${side * 0.2} L${side * 0.35} 0 L${side * 1.05} ${side * 0.08} L${side * 0.72} ${side * 0.26} Z" fill="#d3a76e"/>
<path d="M${side * 0.72} ${side * 0.26} L${side * 1.05} ${side * 0.08} L${side * 0.98} ${side * 0.4} L${side * 1.04} ${side * 0.62} L${side * 0.7} ${side * 0.86} Z" fill="#94683a"/>
<path d="M${side * 0.86} ${side * 0.2} L${side * 1.05} ${side * 0.08} L${side} ${side * 0.3} L${side * 0.93} ${side * 0.38} L${side * 0.8} ${side * 0.3} Z" fill="#5e3f20"/>
<path d="M${side * 0.34} ${side * 0.23} L${side * 0.68} ${side * 0.045}" stroke="#efe3c4" stroke-width="${side * 0.06}" opacity=".8"/>
<rect x="${side * 0.08}" y="${side * 0.36}" width="${side * 0.34}" height="${side * 0.24}" fill="#f8f8f4" transform="rotate(4)"/>
${rows(9, (n) => `<rect x="${side * (0.11 + n * 0.032)}" y="${side * 0.39}" width="${side * (n % 3 === 0 ? 0.018 : 0.009)}" height="${side * 0.08}" fill="#222" transform="rotate(4)"/>`)}
<rect x="${side * 0.11}" y="${side * 0.51}" width="${side * 0.26}" height="${side * 0.012}" fill="#666" transform="rotate(4)"/>
<rect x="${side * 0.11}" y="${side * 0.545}" width="${side * 0.18}" height="${side * 0.012}" fill="#666" transform="rotate(4)"/></g>`;

const PARCEL = { brick: CARTON(420, 240, 520), tile: CARTON(150, 330, 460) };
