import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { ActWords } from "#engine/order-acts.ts";
import { SHIPPED_PACKS } from "./packs.ts";

/** The kinds of what is noted on an order, with their words: packs/common/order-acts.yaml. @throws when it is wrong */
export async function readActWords(): Promise<ActWords> {
	return ActWords.parse(parse(await readFile(join(SHIPPED_PACKS, "common", "order-acts.yaml"), "utf8")));
}
