import { parseArgs } from "node:util";
import { wordsOf } from "#server/accounts/words.ts";
import { type Founded, foundCompany, newPassword } from "#server/founding/found.ts";
import { end, onDesk } from "./desk.ts";

const USAGE = `npm run found -- --company ID --name "NAME" --admin LOGIN [--zone Asia/Shanghai]

Founds a company with its administrator, who then signs in and enters the people. The administrator's password is
taken from ADMIN_PASSWORD; without it one is made and shown once.`;

/** `npm run found`: an empty company and its first administrator, so that somebody can sign in. */
function readWanted(): { company: string; name: string; admin: string; zone: string } | string {
	try {
		const text = { type: "string" } as const;
		const { values } = parseArgs({ options: { company: text, name: text, admin: text, zone: text } });
		const { company, name, admin, zone = "Asia/Shanghai" } = values;
		if (!company || !name?.trim() || !admin) return "Say the company's id, its name and the administrator.";
		return { company, name: name.trim(), admin, zone };
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

function refused(
	founded: Extract<Founded, { ok: false }>,
	wanted: { company: string; zone: string },
): string {
	const { refusal } = founded;
	if (refusal.reason === "CompanyAlready")
		return `There is a company ${wanted.company} already: choose another id.`;
	if (refusal.reason === "ZoneUnknown")
		return `"${wanted.zone}" is no time zone: say one like Asia/Shanghai.`;
	if (refusal.reason === "IdMalformed")
		return "The company's id and the sign-in name take letters, digits, and . _ - only, 60 at most.";
	return "detail" in refusal ? wordsOf(refusal, "en") : refusal.reason;
}

const wanted = readWanted();
if (typeof wanted === "string") end(`${wanted}\n\n${USAGE}`, 2);
else
	await onDesk({ create: true, migrate: true }, async ({ database }) => {
		const given = process.env.ADMIN_PASSWORD || null;
		const password = given ?? newPassword();
		const { company: id, name, zone, admin } = wanted;
		const founded = await foundCompany(database, { id, name, zone, login: admin, alias: admin, password });
		if (!founded.ok) {
			end(refused(founded, wanted));
			return 1;
		}
		console.log(`${name} (${id}) is founded. Sign in as ${admin}${given ? "." : `, password ${password}`}`);
		if (!given) console.log("The password is shown this once: keep it, or change it after signing in.");
		return 0;
	});
