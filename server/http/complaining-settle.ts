import { type Actor, systemOf } from "#engine/actor.ts";
import type { Case, RemedyLine } from "#engine/case.ts";
import { formatMoney } from "#engine/money/format.ts";
import type { LoadedPack } from "#engine/packs/loaded.ts";
import { limitFor } from "#engine/steps/approval-limits.ts";
import { isPaid } from "#engine/steps/execution-items.ts";
import { remedyLines, totalOf } from "#engine/steps/remedy-lines.ts";
import { isProven } from "#engine/steps/remedy-proven.ts";
import { actorOfLink } from "../accounts/actors.ts";
import { decideChange } from "../change.ts";
import { parseFields } from "../deciding.ts";
import { type Answer, handle, type Request } from "../handle.ts";
import { findCase } from "../store/case-read.ts";
import { GENESIS } from "../store/history.ts";
import type { Edge } from "./app.ts";
import { fillGrounds } from "./complaining-words.ts";
import type { Language } from "./problem.ts";

/**
 * Where an order's own data prove the fault, the rules' remedy is offered before anybody has told anything, and paid on
 * one tap: filed, graded, reckoned, offered, accepted and paid by the same commands as ever, each done at most once.
 */
export interface Proven {
	category: string;
	lines: RemedyLine[];
	total: { amount: number; currency: string };
}

/** What would be given for a filing, tried in memory; null when a person has to look at it. */
export function provenBy(edge: Edge, filing: Request, category: string): Proven | null {
	const { desk } = edge;
	const pack = desk.packs.newest(filing.pack ?? "");
	const parsed = parseFields(filing);
	if (!pack || !parsed.ok) return null;
	const now = desk.clock();
	const world = { pack, now, days: desk.days.current };
	const filed = decideChange({
		...{ ...world, before: null, head: GENESIS, actor: filing.actor },
		...{ type: "FileComplaint", fields: parsed.fields },
	});
	if ("ok" in filed) return null;
	const actor = systemOf(filing.actor.company);
	const graded = decideChange({
		...{ ...world, before: filed.next, head: filed.head, actor },
		...{ type: "GradeCase", fields: { flags: [] } },
	});
	if ("ok" in graded) return null;
	const given = remedyLines(graded.next, pack, now, undefined, {});
	if (!given.ok || !isProven(given.lines, graded.next, pack)) return null;
	const total = totalOf(given.lines, pack.data.head.currency);
	const limit = limitFor(graded.next, total, { pack, now });
	return "reason" in limit || limit.by !== "none" ? null : { category, lines: given.lines, total };
}

/** The kinds worth trying: settled on the spot, with nothing to verify. */
export function provableKinds(pack: LoadedPack): string[] {
	return [...pack.categories.values()].flatMap((one) =>
		one.onTheSpot && one.verify.length === 0 && !one.restricted ? [one.id] : [],
	);
}

/**
 * Files and settles. The key is one per order, so that an order is paid for at once at most once; asked again after a
 * broken line, it goes on where it stopped. What is refused on the way stays as it is, for the desk.
 * @param begun the case, when it was filed by this before
 */
export async function settleAtOnce(
	edge: Edge,
	filing: Request,
	begun: string | null,
	language: Language,
): Promise<Answer> {
	const filed = begun
		? ({ ok: true, case: begun, repeated: true } as const)
		: await handle(edge.desk, { ...filing, idempotencyKey: AT_ONCE });
	if (!filed.ok) return filed;
	// before it is settled and closed; each piece once, however often it is asked
	await edge.filed?.(filing.actor.company, filed.case);
	const once = new Once(edge, filing.actor.company, filed.case);
	const system = systemOf(filing.actor.company);
	await once.does(system, "GradeCase");
	await once.does(system, "ComputeRemedy");
	const reckoned = await once.read();
	const [computed] = reckoned.computations;
	if (computed && isProven(computed.lines, reckoned, once.packOf(reckoned)))
		await once.does(system, "MakeOffer", {
			computation: computed.id,
			grounds: fillGrounds(linesText(computed.lines, language), language),
		});
	const [offer] = (await once.read()).offers;
	if (offer?.by === "system")
		await once.does(await once.holder(), "AcceptOffer", { offer: offer.id, through: "page" });
	for (const item of (await once.read()).items.filter(isPaid))
		await once.does(system, "StartItem", { item: item.id, method: "wechat" }, item.id);
	const { number, seq } = await once.read();
	return { ok: true, case: filed.case, number, seq, events: [], repeated: filed.repeated === true };
}

/** The key under which an order's complaint is filed and settled at once. */
export const AT_ONCE = "at-once";

/** Commands on one case, each done at most once whatever is asked again. */
class Once {
	readonly #edge: Edge;
	readonly #company: string;
	readonly #case: string;

	constructor(edge: Edge, company: string, kase: string) {
		this.#edge = edge;
		this.#company = company;
		this.#case = kase;
	}

	async does(actor: Actor, type: string, fields: Request["fields"] = {}, about = ""): Promise<void> {
		const idempotencyKey = `${AT_ONCE}:${this.#case}:${type}:${about}`;
		await handle(this.#edge.desk, { actor, case: this.#case, type, fields, idempotencyKey });
	}

	async read(): Promise<Case> {
		const kase = await findCase(this.#edge.desk.database, this.#company, this.#case);
		if (!kase) throw new Error(`the case ${this.#case} was filed and is not there`);
		return kase;
	}

	async holder(): Promise<Actor> {
		const party = (await this.read()).parties.find((one) => one.side === "complainant")?.id ?? "";
		return actorOfLink({ company: this.#company, case: this.#case, party, confirmed: true });
	}

	packOf(kase: Case): LoadedPack {
		return this.#edge.desk.packs.get(kase.pack.name, kase.pack.version);
	}
}

/** "¥260.00 + ¥100.00" */
function linesText(lines: readonly RemedyLine[], language: Language): string {
	const locale = language === "zh" ? "zh-CN" : "en";
	return lines.flatMap((one) => (one.amount ? [formatMoney(one.amount, locale)] : [])).join(" + ");
}
