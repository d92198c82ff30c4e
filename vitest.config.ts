import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Stories that the office's people play at their desks too. */
const TRADES = ["express", "freight-hailing", "logistics-enterprise", "ride-hailing", "roadside-rescue"];
const storyOf = (trade: string) => `journeys/${trade}.test.ts`;

export default defineConfig({
	test: {
		// one for every core: vitest would leave one idle, which on two is half the machine
		maxWorkers: Math.max(2, availableParallelism()),
		projects: [
			{
				test: {
					name: "unit",
					// pure code: nothing to keep apart, and half the time was spent importing it again
					isolate: false,
					include: ["engine/**/*.test.ts", "packs/**/*.test.ts", "web/**/*.test.ts", "scripts/**/*.test.ts"],
				},
			},
			{
				test: {
					name: "server",
					// no module keeps anything of a test: each has a database of its own
					isolate: false,
					include: ["server/**/*.test.ts"],
					testTimeout: 120_000,
					hookTimeout: 180_000,
				},
			},
			{
				test: {
					name: "journeys",
					include: ["journeys/**/*.test.ts"],
					// on the embedded database the projects below play these by hand; over HTTP alone they run on PostgreSQL
					exclude: process.env.DATABASE_URL ? [] : TRADES.map(storyOf),
					testTimeout: 180_000,
					hookTimeout: 120_000,
				},
			},
			// the same stories, the office's people at their desks in a real browser
			{
				test: {
					name: "by-hand",
					include: TRADES.filter((trade) => trade !== "express").map(storyOf),
					env: { HANDS: "mouse" },
					testTimeout: 240_000,
					hookTimeout: 120_000,
				},
			},
			// and one of them by keys alone
			{
				test: {
					name: "by-keys",
					include: [storyOf("express")],
					env: { HANDS: "keyboard" },
					testTimeout: 240_000,
					hookTimeout: 120_000,
				},
			},
		],
	},
});
