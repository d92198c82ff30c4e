import { parseArgs } from "node:util";
import { insertUsers } from "#server/accounts/users.ts";
import { demoAccounts } from "#server/demo/accounts.ts";
import { demoUsers } from "#server/demo/fill.ts";
import { seedDemo } from "#server/demo/seed.ts";
import type { Desk } from "#server/handle.ts";
import { AdviceError } from "#server/store/database/advice.ts";
import { end, onDesk } from "./desk.ts";

/** `npm run seed [-- --cases N]`: the demo company with its people, accounts and cases, into an empty database. */

function readCases(): number | null | string {
	try {
		const { values } = parseArgs({ options: { cases: { type: "string" } } });
		if (values.cases === undefined) return null;
		return /^\d{1,7}$/.test(values.cases) ? Number(values.cases) : "--cases takes a whole number.";
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

async function refuseFull(desk: Desk): Promise<void> {
	const [rows = []] = (await desk.database.read([
		{
			sql: "select (select count(*) from company) as companies, (select count(*) from (select 1 from history limit 1) h) as lines",
			parameters: [],
		},
	])) as { companies: number; lines: number }[][];
	const { companies = 0, lines = 0 } = rows[0] ?? {};
	if (companies + lines === 0) return;
	throw new AdviceError(
		"The database is not empty, and the demo is only put into an empty one: set another DATA_DIR or DATABASE_URL, " +
			"or stop the server and move the data folder aside.",
	);
}

const cases = readCases();
if (typeof cases === "string") end(`${cases}\n\nnpm run seed [-- --cases N]`, 2);
else
	await onDesk({ create: true, migrate: true }, async (desk) => {
		await refuseFull(desk);
		const begun = performance.now();
		const seeded = await seedDemo(desk, desk.clock(), insertUsers(await demoUsers()), cases ?? undefined);
		const seconds = ((performance.now() - begun) / 1000).toFixed(1);
		console.log(
			`${seeded.cases} cases (${seeded.closed} closed), ${seeded.entries} events, in ${seconds} s.`,
		);
		const [account] = demoAccounts();
		console.log(
			`Sign in as ${demoAccounts()
				.map((one) => one.login)
				.join(", ")}, password ${account?.password}.`,
		);
		return 0;
	});
