import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Instant } from "#engine/time/instant.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { claimAttempt, LIMITS } from "../accounts/attempts.ts";
import { type Pass, passCookie, passIn } from "../accounts/complaining-pass.ts";
import { makeOwnLink } from "../accounts/links.ts";
import { linkCookie, refuse } from "../accounts/routes.ts";
import { refusalOf } from "../accounts/words.ts";
import { type Answer, handle } from "../handle.ts";
import { caseOfKey } from "../store/complaining.ts";
import { type DraftRow, draftContent, dropDraft, readDrafts, saveDraft } from "../store/drafts.ts";
import type { App, Edge } from "./app.ts";
import { IdempotencyKey } from "./commands.ts";
import { claimantOf, filingFor, type Told } from "./complaining-filing.ts";
import {
	type Claimed,
	claimedOrder,
	kindsOf,
	type OwnCase,
	ownCaseOf,
	shownOrder,
} from "./complaining-order.ts";
import { AT_ONCE, provableKinds, provenBy, settleAtOnce } from "./complaining-settle.ts";
import { spokenWords, untoldWords } from "./complaining-words.ts";
import { type Language, plain, problemOf, sendMalformed, sendProblem } from "./problem.ts";
import { sumsOfLines } from "./sums.ts";
import { asRead } from "./traditional.ts";

/** What opens with the pass: one's own part of one order, a draft, and filing about it. */

const Complaint = z.strictObject({
	category: z.string().min(1).max(100).optional(),
	/** Empty where it was told by voice. */
	words: z.string().trim().max(20_000).default(""),
	wished: z.string().trim().min(1).max(2_000).optional(),
	/** Minor units of the trade's currency. */
	claimed: z.int().min(0).max(1_000_000_000_000).optional(),
	occurredAt: Instant.optional(),
});
const Typed = z.strictObject({ typed: z.record(z.string().max(100), z.unknown()) });
/** Characters of a draft as JSON. */
const LONGEST_DRAFT = 40_000;
const FORM = "Complaining";
const LINK_COOKIE_S = 90 * 24 * 3600;

export const tags = ["complaining"];

/** What these routes stand on. */
export interface Office {
	edge: Edge;
	accounts: Accounts;
}

type Opened = { pass: Pass; claimed: Claimed };

export function ownOrderRoutes(app: App, office: Office): void {
	orderRoute(app, office);
	draftRoutes(app, office);
	fileRoute(app, office);
	settleRoute(app, office);
	followRoute(app, office);
	leaveRoute(app, office);
}

/** The order behind the pass; otherwise the refusal has been sent. */
async function opened(
	{ edge, accounts }: Office,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<Opened | null> {
	const pass = passIn(request.headers.cookie, { ...accounts, keys: accounts.keys }, accounts.clock());
	const claimed = pass && (await claimedOrder(edge, pass));
	if (pass && claimed === "unavailable")
		sendProblem(reply, plain("unavailable", 503, edge.saying, request.language));
	// an order that has changed hands since is closed to whoever had it
	else if (!pass || !claimed || claimed === "unavailable") refuse(request, reply, refusalOf("NotSignedIn"));
	else return { pass, claimed };
	return null;
}

function orderRoute(app: App, office: Office): void {
	const { edge } = office;
	const schema = {
		summary: "Your order, what it proves by itself, your running case, and your draft",
		tags,
	};
	app.get("/api/complain/order", { schema }, async (request, reply) => {
		const found = await opened(office, request, reply);
		if (!found) return reply;
		const { pass, claimed } = found;
		const { own, any } = await ownCaseOf(edge, pass, claimed.record.number);
		const { head } = claimed.pack.data;
		return reply.header("cache-control", "no-store").send({
			order: shownOrder(claimed, pass),
			...asRead(request, {
				pack: {
					name: claimed.pack.name,
					title: head.name,
					words: head.words,
					zone: head.zone,
					currency: head.currency,
				},
				...kindsOf(claimed.pack),
			}),
			running: own && runningOf(own),
			proven: any ? [] : asRead(request, await provenOf(office, found, request.language)),
			draft: await draftOf(office, found),
			now: edge.desk.clock(),
		});
	});
}

function runningOf({ kase }: OwnCase) {
	return {
		number: kase.number,
		receivedAt: kase.intake?.receivedAt ?? null,
		closedAt: kase.closure?.at ?? null,
		category: kase.allegations[0]?.category ?? kase.allegations[0]?.proposed?.category ?? null,
	};
}

async function provenOf({ edge }: Office, { pass, claimed }: Opened, language: Language) {
	const filings = await Promise.all(
		provableKinds(claimed.pack).map(async (category) => {
			const told = { category, words: untoldWords(language), language };
			return provenBy(edge, await filingFor(edge, pass, claimed, told), category);
		}),
	);
	return filings.flatMap((one) =>
		one ? [{ ...one, sums: sumsOfLines(one.lines, claimed.pack, language) }] : [],
	);
}

function draftRoutes(app: App, office: Office): void {
	const { edge } = office;
	const schema = { summary: "Keep what was typed about this order", tags, body: Typed };
	app.put("/api/complain/draft", { schema }, async (request, reply) => {
		const found = await opened(office, request, reply);
		if (!found) return reply;
		const content = JSON.stringify(request.body.typed);
		if (content.length > LONGEST_DRAFT)
			return sendMalformed(
				reply,
				[{ at: "typed", problem: `at most ${LONGEST_DRAFT} characters` }],
				edge.saying,
			);
		const at = edge.desk.clock();
		const row = saveDraft(draftKey(found), content, edge.desk.keys, at);
		await edge.desk.database.transaction((session) => session.commitWith([row]));
		return { at };
	});
}

/** A draft belongs to the seat on the order, whichever phone is held. */
function draftKey({ pass, claimed }: Opened) {
	const person = `order:${claimed.record.number}:${claimed.seat}`;
	return { company: pass.company, person, stream: "new", form: FORM };
}

async function draftOf({ edge }: Office, found: Opened) {
	const [[row] = []] = (await edge.desk.database.read([readDrafts(draftKey(found), FORM)])) as DraftRow[][];
	const typed = row ? draftContent(row, edge.desk.keys) : null;
	return row && typed ? { typed, at: row.at } : null;
}

function fileRoute(app: App, office: Office): void {
	const { edge } = office;
	const schema = {
		summary: "File a complaint about your order",
		description: "Where one of yours is running already, that one is answered and nothing is filed.",
		tags,
		headers: IdempotencyKey,
		body: Complaint,
	};
	app.post("/api/complain/file", { schema }, async (request, reply) => {
		const found = await opened(office, request, reply);
		if (!found) return reply;
		const { pass, claimed } = found;
		const number = claimed.record.number;
		const { language } = request;
		const { own } = await ownCaseOf(edge, pass, number);
		const given = request.headers["idempotency-key"];
		// with the seat: sender and recipient file each for themselves
		const key = given && `${claimed.seat}:${given}`;
		const before = key ? await keyedCase(office, found, key) : null;
		if (own && !own.kase.closure)
			return await follow(office, found, own, reply, { duplicate: before !== own.kase.id });
		if (!before && !(await mayFile(office, found))) return tooMany(request, reply);
		const words = request.body.words || spokenWords(language);
		const told: Told = { ...request.body, words, language };
		const filing = await filingFor(edge, pass, claimed, told);
		const answer = await handle(edge.desk, { ...filing, idempotencyKey: key });
		if (answer.ok && !answer.repeated) await edge.filed?.(filing.actor.company, answer.case);
		return await sendFiled(office, found, answer, request, reply);
	});
}

function settleRoute(app: App, office: Office): void {
	const { edge } = office;
	const schema = {
		summary: "Take what your order's own data prove, at once",
		description: "Filed, offered by the rules, accepted and paid; once for an order.",
		tags,
		body: z.strictObject({ category: z.string().min(1).max(100) }),
	};
	app.post("/api/complain/settle", { schema }, async (request, reply) => {
		const found = await opened(office, request, reply);
		if (!found) return reply;
		const { pass, claimed } = found;
		const { language } = request;
		const { category } = request.body;
		const { own, any } = await ownCaseOf(edge, pass, claimed.record.number);
		const begun = await keyedCase(office, found, AT_ONCE);
		const mine = begun !== null && own?.kase.id === begun;
		if (own && !mine) return await follow(office, found, own, reply, { duplicate: true });
		const told: Told = { category, words: untoldWords(language), language };
		const filing = await filingFor(edge, pass, claimed, told);
		if (!mine) {
			const stands = !any && !begun && provableKinds(claimed.pack).includes(category);
			if (!stands || !provenBy(edge, filing, category))
				return sendProblem(
					reply,
					problemOf(NOT_AT_ONCE, edge.saying, language, { command: "SettleOnTheSpot" }),
				);
			if (!(await mayFile(office, found))) return tooMany(request, reply);
		}
		const answer = await settleAtOnce(edge, filing, mine ? begun : null, language);
		return await sendFiled(office, found, answer, request, reply);
	});
}

const NOT_AT_ONCE = { ok: false, refusal: { reason: "OnTheSpotNotAllowed", detail: {} } } as const;

function followRoute(app: App, office: Office): void {
	const schema = { summary: "A link to your own case about this order", tags };
	app.post("/api/complain/follow", { schema }, async (request, reply) => {
		const found = await opened(office, request, reply);
		if (!found) return reply;
		const { own } = await ownCaseOf(office.edge, found.pass, found.claimed.record.number);
		if (!own) return sendProblem(reply, plain("not-found", 404, office.edge.saying, request.language));
		return await follow(office, found, own, reply, { duplicate: false });
	});
}

function leaveRoute(app: App, { accounts }: Office): void {
	const schema = { summary: "Forget the order on this phone", tags };
	app.delete("/api/complain", { schema }, async (_, reply) =>
		reply.header("set-cookie", passCookie("", accounts.publicUrl)).status(204).send(),
	);
}

/** Answers a case with a link of one's own, confirmed in this browser. */
async function follow(
	{ accounts, edge }: Office,
	{ pass }: Opened,
	{ kase, party }: OwnCase,
	reply: FastifyReply,
	more: { duplicate: boolean },
	status = 200,
) {
	const made = await makeOwnLink(accounts, { company: pass.company, case: kase.id, party });
	const resolve = kase.clocks.find((one) => one.name === "resolve" && !one.stopped)?.due ?? null;
	return reply
		.header("set-cookie", linkCookie(accounts, made.confirmed, LINK_COOKIE_S))
		.status(status)
		.send({
			...{ case: kase.id, number: kase.number, link: `/c/${made.token}` },
			...{ receivedAt: kase.intake?.receivedAt ?? null, due: resolve },
			...{ ...more, now: edge.desk.clock() },
		});
}

/** What was filed, looked up as the asker's own: a key that led to somebody else's case opens nothing. */
async function sendFiled(
	office: Office,
	found: Opened,
	answer: Answer,
	request: FastifyRequest,
	reply: FastifyReply,
) {
	const { edge } = office;
	request.outcome = { command: "FileComplaint", result: answer.ok ? "accepted" : "refused" };
	if (!answer.ok)
		return sendProblem(reply, problemOf(answer, edge.saying, request.language, { command: "FileComplaint" }));
	const { own } = await ownCaseOf(edge, found.pass, found.claimed.record.number);
	if (own?.kase.id !== answer.case)
		return sendProblem(reply, problemOf(NOT_AT_ONCE, edge.saying, request.language));
	await edge.desk.database.transaction((session) => session.commitWith([dropDraft(draftKey(found))]));
	return await follow(office, found, own, reply, { duplicate: false }, answer.repeated ? 200 : 201);
}

async function keyedCase({ edge }: Office, { pass, claimed }: Opened, key: string): Promise<string | null> {
	const statement = caseOfKey(pass.company, claimantOf(pass, claimed).id, key);
	const [[row] = []] = (await edge.desk.database.read([statement])) as { case: string }[][];
	return row?.case ?? null;
}

async function mayFile({ accounts }: Office, { pass, claimed }: Opened): Promise<boolean> {
	const subject = claimed.record.number;
	const limit = LIMITS.complaintsByOrder;
	return (await claimAttempt(accounts, [{ company: pass.company, limit, subject }])).ok;
}

function tooMany(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const { minutes } = LIMITS.complaintsByOrder;
	return refuse(request, reply, refusalOf("LockedOut", { minutes }));
}
