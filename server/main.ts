import { compose, type Redress } from "./compose.ts";
import { DEMO_PASSWORD, demoAccounts } from "./demo/accounts.ts";
import { COMPANY } from "./demo/company.ts";
import { addEvidencePictures } from "./demo/evidence-pictures.ts";
import { fillDemo } from "./demo/fill.ts";
import { PackError } from "./packs.ts";
import { readSettings, type Settings } from "./settings.ts";
import { AdviceError } from "./store/database/advice.ts";

/**
 * `npm start`: serves and works in one process. `npm run serve` and `npm run work` do one of the two, for several
 * processes on one PostgreSQL.
 */
const mode = process.argv[2] ?? "all";

async function main(): Promise<void> {
	if (!["all", "serve", "work"].includes(mode))
		throw new AdviceError(`There is no "${mode}": say serve, work, or nothing for both.`);
	const read = readSettings(process.env);
	if (!read.ok) throw new AdviceError(read.problems.join("\n"));
	const { settings } = read;
	if (mode !== "all" && settings.databaseUrl === null)
		throw new AdviceError(
			"serve and work apart need DATABASE_URL: the embedded database belongs to one process.",
		);
	const redress = await compose(settings);
	stopWell(redress);
	if (settings.demo) await makeDemo(redress);
	if (mode !== "serve") redress.work();
	if (mode !== "work") await listen(redress, settings);
	else console.log("Redress 诉达 works: clocks, notices, payments, webhooks.");
}

async function listen({ app }: Redress, settings: Settings): Promise<void> {
	await app.listen({ port: settings.port, host: settings.host });
	console.log(`\nRedress 诉达 is at ${settings.publicUrl}`);
	if (!settings.demo) return;
	console.log(`Demo accounts (password ${DEMO_PASSWORD} for all):`);
	const shown = demoAccounts().filter((one) =>
		[
			"agent",
			"handler",
			"approver",
			"finance",
			"reviewer",
			"quality",
			"manager",
			"admin",
			"courier",
		].includes(one.login),
	);
	for (const { login, alias, role } of shown) console.log(`  ${login.padEnd(10)} ${alias}（${role}）`);
	console.log("Messages and payments are pretended: the interface shows what would have been sent.\n");
}

async function makeDemo({ desk, ports, outside }: Redress): Promise<void> {
	const started = performance.now();
	const seeded = await fillDemo(desk);
	if (seeded === null) return;
	desk.offices.forget(COMPANY);
	await addEvidencePictures({ desk, orders: ports.orders }, outside.place);
	console.log(
		`The demo company was made: ${seeded.cases} cases in ${((performance.now() - started) / 1000).toFixed(1)} s.`,
	);
}

/** Stops taking requests, finishes what is under way, then goes; a second signal changes nothing. */
function stopWell(redress: Redress): void {
	let stopping = false;
	const stop = (code: number) => {
		if (stopping) return;
		stopping = true;
		redress.close().then(
			() => process.exit(code),
			(error: unknown) => {
				console.error(error);
				process.exit(1);
			},
		);
	};
	process.on("SIGINT", () => stop(0));
	process.on("SIGTERM", () => stop(0));
	redress.database.died.then((why) => {
		console.error(String(why));
		process.exit(1);
	});
}

main().catch((error: unknown) => {
	if (error instanceof AdviceError || error instanceof PackError) console.error(error.message);
	else console.error(error);
	process.exit(1);
});
