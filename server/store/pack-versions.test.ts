import { afterAll, beforeAll, expect, test } from "vitest";
import { packsOf, type ReadPack, readPacks } from "../packs.ts";
import type { Database } from "./database/database.ts";
import { testDatabase } from "./database/testing.ts";
import { keepPacks } from "./pack-versions.ts";

let database: Database<unknown>;
let express: ReadPack;
beforeAll(async () => {
	database = await testDatabase();
	express = (await readPacks()).find((one) => one.name === "express") as ReadPack;
});
afterAll(() => database.close());

test("a version whose folder is gone still opens its cases, and takes no new ones", async () => {
	await keepPacks(database, [express]);
	const later = { ...express, version: "2999-01", from: "2026-02-01", sha256: "another" };
	const packs = await keepPacks(database, [later]);
	expect(packs.find("express", express.version)?.categories.size).toBe(express.categories.size);
	expect(packs.newest("express")?.version).toBe("2999-01");
	expect(packs.all).toHaveLength(1);
	expect(packs.find("express", "1999-01")).toBeNull();
	expect(() => packs.get("express", "1999-01")).toThrow("cases keep to it");
});

test("new cases take the latest version whose day has come, and 2026-10 comes after 2026-9", () => {
	const of = (version: string, from: string) => ({ ...express, version, from });
	const versions = [of("2026-9", "2026-01-01"), of("2026-10", "2026-01-01"), of("2099-1", "2099-01-01")];
	expect(packsOf(versions).newest("express")?.version).toBe("2026-10");
});

test("a missing folder of packs is said in a sentence", async () => {
	await expect(readPacks("/nowhere/packs")).rejects.toThrow("set PACKS_DIR");
});
