import { z } from "zod";
import type { Accounts } from "../accounts/accounts.ts";
import { type Claim, claimAttempt, LIMITS } from "../accounts/attempts.ts";
import { type Claimant, passCookie, sendPassCode, spendPassCode } from "../accounts/complaining-pass.ts";
import { refuse } from "../accounts/routes.ts";
import { refusalOf } from "../accounts/words.ts";
import { companyNamed, onlyCompany } from "../store/complaining.ts";
import { lookupForm } from "../store/kept.ts";
import type { App, Edge } from "./app.ts";
import { claimedOrder } from "./complaining-order.ts";
import { type Office, ownOrderRoutes, tags } from "./complaining-own.ts";
import { plain, sendMalformed, sendProblem } from "./problem.ts";

/**
 * Complaining without an account. Whoever knows an order number and a phone learns nothing by that: every answer is
 * the same whether or not there is such an order with such a phone, until a code sent to the phone has come back. From
 * then on they see their own part of that one order, and may file about it.
 */

const Company = z.string().min(1).max(100).optional();
const Asked = z.strictObject({
	company: Company,
	order: z.string().trim().min(1).max(100),
	phone: z.string().trim().min(5).max(30),
});
const CODE_MINUTES = 10;
/** Mounts `/api/complain…`. */
export function complainRoutes(accounts: Accounts): (app: App, edge: Edge) => Promise<void> {
	return async (app, edge) => {
		const office = { edge, accounts };
		tradesRoute(app, office);
		codeRoute(app, office);
		confirmRoute(app, office);
		ownOrderRoutes(app, office);
	};
}

/** What the first page asks for depends on the trade: 运单号, 订单号, 救援工单号. */
function tradesRoute(app: App, { edge }: Office): void {
	const schema = { summary: "The trades that one may complain about", tags };
	app.get("/api/complain", { schema }, async () => ({
		trades: edge.desk.packs.all.map(({ name, data }) => ({
			name,
			title: data.head.name,
			order: data.head.words.order ?? null,
		})),
	}));
}

function codeRoute(app: App, { edge, accounts }: Office): void {
	const schema = {
		summary: "Send a code to the phone on an order",
		description: "The answer is the same whether or not there is such an order with such a phone.",
		tags,
		body: Asked,
	};
	app.post("/api/complain/code", { schema }, async (request, reply) => {
		const claimant = await claimantIn(edge, request.body);
		if (!claimant) return sendMalformed(reply, [NO_COMPANY], edge.saying);
		const claimed = await claimAttempt(accounts, [
			{ company: "", limit: LIMITS.codesByAddress, subject: request.ip },
			byPhone(claimant),
			{ ...byOrder(claimant), limit: LIMITS.complainingByOrder },
		]);
		if (!claimed.ok) return refuse(request, reply, refusalOf("TooManyCodes", { minutes: claimed.minutes }));
		const { language } = request;
		// beside the answer, so that its time tells nothing
		accounts.later(async () => {
			const found = await claimedOrder(edge, claimant);
			if (found && found !== "unavailable")
				await sendPassCode(accounts, { ...claimant, order: found.record.number }, language);
		});
		return { sent: true, minutes: CODE_MINUTES };
	});
}

function confirmRoute(app: App, { edge, accounts }: Office): void {
	const schema = {
		summary: "Confirm with the code that the phone is yours",
		description: "Sets a cookie that opens this one order for a day.",
		tags,
		body: Asked.extend({ code: z.string().min(1).max(20) }),
	};
	app.post("/api/complain/confirm", { schema }, async (request, reply) => {
		const { code, ...asked } = request.body;
		const claimant = await claimantIn(edge, asked);
		if (!claimant) return sendMalformed(reply, [NO_COMPANY], edge.saying);
		const claimed = await claimAttempt(accounts, [
			{ company: "", limit: LIMITS.complainingTriesByAddress, subject: request.ip },
			{ ...byOrder(claimant), limit: LIMITS.complainingTries },
		]);
		if (!claimed.ok) return refuse(request, reply, refusalOf("LockedOut", { minutes: claimed.minutes }));
		const found = await claimedOrder(edge, claimant);
		if (found === "unavailable")
			return sendProblem(reply, plain("unavailable", 503, edge.saying, request.language));
		const whose = { ...claimant, order: found?.record.number ?? claimant.order };
		const pass = await spendPassCode(accounts, whose, code);
		if (!pass || !found) return refuse(request, reply, refusalOf("WrongCode"));
		return reply.header("set-cookie", passCookie(pass, accounts.publicUrl)).send({ confirmed: true });
	});
}

const NO_COMPANY = { at: "company", problem: "there is more than one company here: name one" };

/** The company that was named, or the only one there is. */
async function claimantIn({ desk }: Edge, asked: z.output<typeof Asked>): Promise<Claimant | null> {
	const [[row] = []] = (await desk.database.read([
		asked.company ? companyNamed(asked.company) : onlyCompany,
	])) as { company: string }[][];
	return row ? { company: row.company, order: asked.order, phone: asked.phone } : null;
}

function byPhone({ company, phone }: Claimant): Claim {
	return { company, limit: LIMITS.complainingByPhone, subject: lookupForm(phone) };
}

function byOrder({ company, order }: Claimant): Omit<Claim, "limit"> {
	return { company, subject: order.toUpperCase() };
}
