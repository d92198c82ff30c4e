import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConductFile, emptyConduct, scoreAt } from "#engine/conduct.ts";
import { type Instant, laterOf } from "#engine/time/instant.ts";
import { revokeLinks } from "#server/accounts/links.ts";
import { createAccounts } from "#server/accounts/users.ts";
import { compose, type Redress } from "#server/compose.ts";
import { accountsToMake, DEMO_PASSWORD } from "#server/demo/accounts.ts";
import { COMPANY, insertCompany, STAFF } from "#server/demo/company.ts";
import { runDue } from "#server/jobs/loop.ts";
import { verifyChains } from "#server/proving/chains.ts";
import { rebuild } from "#server/proving/rebuild.ts";
import { readSettings } from "#server/settings.ts";
import { testDatabase } from "#server/store/database/testing.ts";
import type { NoticeRow } from "#server/store/notice-list.ts";
import type { Manner } from "./form-hands.ts";
import { DeskHands } from "./hands.ts";
import { instantOf, localOf } from "./local-time.ts";
import { Visitor } from "./visitor.ts";

/** How staff act: over HTTP (null), or in a real browser by mouse or keyboard alone; the project of the tests says. */
const MANNER: Manner | null =
	process.env.HANDS === "mouse" || process.env.HANDS === "keyboard" ? process.env.HANDS : null;

/** A notice as it went out or can be read. */
export interface Told {
	at: string;
	/** `party:p1`: by text message; `person:handler`: read in the product. */
	whom: string;
	what: string;
	text: string;
}

/** A payment key and what became of it. */
export interface Paid {
	key: string;
	amount: number;
	state: string;
	/** How often the payer was asked. */
	tries: number;
}

/**
 * The whole application with the demo's company and people, served on a free port of this machine. Its clock stands
 * until it is moved, and what falls due on the way is done at its time. Ports pretend. This is the only file of the
 * journeys that puts the product's parts together.
 */
export class Office {
	readonly #redress: Redress;
	readonly #clock: { now: Instant };
	readonly #folder: string;
	/** What the server reported as having gone wrong behind the answers. */
	readonly #wrong: string[];
	readonly #visitors = new Map<string, Promise<Visitor>>();
	#hands: Promise<DeskHands> | null = null;
	readonly #byHand = new Set<string>();
	readonly url: string;

	private constructor(
		redress: Redress,
		clock: { now: Instant },
		folder: string,
		url: string,
		wrong: string[],
	) {
		this.#redress = redress;
		this.#clock = clock;
		this.#folder = folder;
		this.url = url;
		this.#wrong = wrong;
	}

	/** Opens at a local time of Shanghai, such as "2026-03-05 18:00". */
	static async open(local: string): Promise<Office> {
		const clock = { now: instantOf(local) };
		const folder = await mkdtemp(join(tmpdir(), "redress-journey-"));
		const database = await testDatabase<unknown>();
		await database.transaction((session) => session.commitWith(insertCompany(COMPANY, "星河运输")));
		const read = readSettings({ DATA_DIR: folder, PORT: "0", DEMO: "false", LOG_LEVEL: "silent" });
		if (!read.ok) throw new Error(read.problems.join("\n"));
		const wrong: string[] = [];
		const report = (sentence: string, error?: unknown) =>
			void wrong.push(`${sentence} ${String(error ?? "")}`);
		const redress = await compose(read.settings, {
			database,
			clock: () => clock.now,
			rate: 1_000_000,
			report,
		});
		const made = await createAccounts(redress.accounts, accountsToMake());
		if (!made.ok) throw new Error(`no accounts: ${JSON.stringify(made.refusal)}`);
		const url = await redress.app.listen({ host: "127.0.0.1", port: 0 });
		return new Office(redress, clock, folder, url, wrong);
	}

	/** Whether one of the office's own people does such an act for the first time, in a journey that is played by hand. */
	firstAtDesk(login: string, type: string): boolean {
		const act = `${login} ${type}`;
		if (MANNER === null || this.#byHand.has(act) || !STAFF.some((one) => one.id === login)) return false;
		this.#byHand.add(act);
		return true;
	}

	/** The hands of whoever works at a desk: a real browser. */
	hands(): Promise<DeskHands> {
		this.#hands ??= DeskHands.open(this.url, MANNER ?? "mouse", this.#redress.words.zh.commands);
		return this.#hands;
	}

	async close(): Promise<void> {
		await (await this.#hands)?.close();
		await this.#redress.close();
		await rm(this.#folder, { recursive: true, force: true });
	}

	get now(): Instant {
		return this.#clock.now;
	}

	/** A member of the demo's cast, signed in with their password. */
	as(login: string): Promise<Visitor> {
		const known = this.#visitors.get(login);
		if (known) return known;
		const visitor = new Visitor(this.url).signIn(login, DEMO_PASSWORD);
		this.#visitors.set(login, visitor);
		return visitor;
	}

	/** The complainant, who opens the link of their first text message and confirms with the code sent to their phone. */
	async complainantOf(kase: string, party = "p1"): Promise<Visitor> {
		return await new Visitor(this.url).openLink(await this.linkOf(kase, party), () => this.lastCode());
	}

	/** The token of the link in the first text message to a party. */
	async linkOf(kase: string, party = "p1"): Promise<string> {
		const received = (await this.told(kase)).find((one) => one.whom === `party:${party}`);
		const token = /\/([\w-]{40,})(?:\s|$)/.exec(received?.text ?? "")?.[1];
		if (!token) throw new Error(`party ${party} was sent no link: ${received?.text}`);
		return token;
	}

	/** Withdraws a party's links, as is done when a phone turns out to be somebody else's. */
	async withdrawLinks(kase: string, party = "p1"): Promise<void> {
		const row = revokeLinks({ company: COMPANY, case: kase, party }, this.#clock.now);
		await this.#redress.database.transaction((session) => session.commitWith([row]));
	}

	/** Puts an order in, as the company's own system does. */
	async order(number: string, record: Record<string, unknown>): Promise<void> {
		const { status, body } = await (await this.as("admin")).ask("PUT", `/api/orders/${number}`, record);
		if (status !== 201) throw new Error(`order ${number} was not taken: ${JSON.stringify(body)}`);
	}

	/** Lets time pass up to a local time; what falls due on the way is done when it is due. */
	async until(local: string): Promise<void> {
		const goal = instantOf(local);
		if (goal < this.#clock.now) throw new Error(`${local} is past: it is ${localOf(this.#clock.now)}`);
		for (let next = await this.#nextDue(goal); next; next = await this.#nextDue(goal)) {
			this.#clock.now = laterOf(this.#clock.now, next);
			await this.#runDue();
		}
		this.#clock.now = goal;
	}

	/** Does what is due now. */
	async tick(): Promise<void> {
		await this.until(localOf(this.#clock.now));
	}

	/** What everybody was told about a case, in order. */
	async told(kase: string): Promise<Told[]> {
		const manager = await this.as("manager");
		const { notices } = await manager.get<{ notices: NoticeRow[] }>(`/api/cases/${kase}/notices`);
		return notices.reverse().map(({ at, recipient, wording, text }) => ({
			at: localOf(at),
			whom: recipient,
			what: wording,
			text: text ?? "",
		}));
	}

	/** What the payer's books say of a case. */
	async paid(kase: string): Promise<Paid[]> {
		return await this.#read<Paid>(
			"select key, amount::int as amount, state, tries from payment where company = $1 and starts_with(key, $2) order by key",
			[COMPANY, kase],
		);
	}

	async conductOf(person: string): Promise<ConductFile> {
		const [row] = await this.#read<{ state: ConductFile }>(
			"select state from snapshot where company = $1 and stream = $2 and kind = 'conduct'",
			[COMPANY, person],
		);
		return row?.state ?? emptyConduct(person, COMPANY);
	}

	/** The service score of a person by a trade's rules. */
	async scoreOf(person: string, trade: string): Promise<number> {
		const pack = this.#redress.packs.newest(trade);
		if (!pack) throw new Error(`no pack ${trade}`);
		return scoreAt(await this.conductOf(person), this.#clock.now, pack.data.reputation.score);
	}

	/** What is kept beside the histories and is not what they say, and lines that were altered; empty when all is well. */
	async differences(): Promise<string[]> {
		const { desk } = this.#redress;
		const found: string[] = [];
		const passed = () => {};
		await verifyChains(
			desk.database,
			({ what, seq, problem }) => found.push(`${what} ${seq}: ${problem}`),
			passed,
		);
		await rebuild(desk, false, { found: ({ what, problem }) => found.push(`${what}: ${problem}`), passed });
		return found;
	}

	async #nextDue(goal: Instant): Promise<Instant | null> {
		const [row] = await this.#read<{ at: Instant | null }>(
			"select min(at) as at from due where failed_at is null and kind <> 'nightly' and at <= $1",
			[goal],
		);
		return row?.at ?? null;
	}

	async #runDue(): Promise<void> {
		const kinds = ["timer", "effect", "delivery"] as const;
		const { desk, outside } = this.#redress;
		for (let count = -1; count !== 0; ) count = await runDue(desk, outside, { now: this.#clock.now, kinds });
		if (this.#wrong.length > 0) throw new Error(`the server reported: ${this.#wrong.splice(0).join("\n")}`);
	}

	/** The code of the text message that went out last. */
	async lastCode(): Promise<string> {
		const code = /\d{6}/.exec(await this.lastSent("account.code"))?.[0];
		if (!code) throw new Error("no code was sent");
		return code;
	}

	/** The last text message that was made by such a wording; empty when there was none. */
	async lastSent(wording: string): Promise<string> {
		const [row] = await this.#read<{ text: string }>(
			`select w.content as text from notice n join words w on w.company = n.company and w.ref = n.text_ref
where n.company = $1 and n.wording = $2 order by n.at desc, n.id desc limit 1`,
			[COMPANY, wording],
		);
		return row?.text ?? "";
	}

	async #read<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
		const [rows = []] = await this.#redress.database.read([{ sql, parameters }]);
		return rows as Row[];
	}
}
