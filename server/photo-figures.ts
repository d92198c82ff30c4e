import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { PhotoFigures } from "#engine/photo-flags.ts";
import { SHIPPED_PACKS } from "./packs.ts";

let figures: Promise<PhotoFigures> | null = null;

/** From which difference on a photo is odd: packs/common/photo-flags.yaml, read once. @throws when it is wrong */
export function photoFigures(): Promise<PhotoFigures> {
	figures ??= read();
	return figures;
}

async function read(): Promise<PhotoFigures> {
	return PhotoFigures.parse(parse(await readFile(join(SHIPPED_PACKS, "common", "photo-flags.yaml"), "utf8")));
}
