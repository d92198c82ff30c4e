import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { type Actor, ROLES } from "#engine/actor.ts";
import type { Case } from "#engine/case.ts";
import { readDayTables } from "../day-tables.ts";
import { type Answer, type Desk, type Handled, handle } from "../handle.ts";
import { newId } from "../ids.ts";
import { Offices } from "../office.ts";
import { type Packs, packsOf, readPack, SHIPPED_PACKS } from "../packs.ts";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import { fault } from "../ports/fault.ts";
import type { Message } from "../ports/notifier.ts";
import { type BothWords, readWords } from "../saying.ts";
import type { Database, Statement } from "../store/database/database.ts";
import { insertDue } from "../store/due.ts";
import { keysFrom } from "../store/kept.ts";
import { readSnapshot, type Snapshot } from "../store/snapshots.ts";
import { runDue } from "./loop.ts";
import { type Outside, pretendPorts } from "./ports.ts";

/** A Monday, ten in the morning in Shanghai. */
export const MONDAY = "2026-03-02T02:00:00.000Z";

const noEvidence: EvidenceStore = {
	put: async () => fault("unsupported", "no evidence here"),
	open: async () => fault("unsupported", "no evidence here"),
	stat: async () => fault("unsupported", "no evidence here"),
	remove: async () => fault("unsupported", "no evidence here"),
	list: async function* () {},
};

let express: Promise<{ packs: Packs; words: BothWords }> | null = null;

function readExpress(): Promise<{ packs: Packs; words: BothWords }> {
	express ??= (async () => {
		const facts: unknown = parse(await readFile(join(SHIPPED_PACKS, "common", "facts.yaml"), "utf8"));
		const [pack, words] = await Promise.all([readPack(join(SHIPPED_PACKS, "express"), facts), readWords()]);
		return { packs: packsOf([pack]), words };
	})();
	return express;
}

/** A notice as it stands. */
interface NoticeTold {
	wording: string;
	recipient: string;
	channel: string;
	pretend: boolean;
	state: string;
	receipt: string | null;
	text: string;
}

/** A desk with the express pack over a database, a clock to be moved, pretended ports, and what was reported. */
export class DeskUnderTest {
	now = MONDAY;
	readonly desk: Desk;
	readonly outside: Outside;
	readonly reported: string[] = [];
	/** What the notifier was given, in order. */
	readonly sent: Message[] = [];
	/** Cases of committed commands, in order. */
	readonly committed: string[] = [];
	readonly company: string;

	constructor(database: Database<unknown>, packs: Packs, words: BothWords, company: string) {
		this.company = company;
		this.desk = {
			database,
			packs,
			offices: new Offices(database),
			keys: keysFrom(Buffer.alloc(32, 7)),
			days: readDayTables(),
			clock: () => this.now,
			committed: (what) => this.committed.push(what.case),
		};
		const { notifier, payer, caller, orders } = pretendPorts(this.desk, noEvidence);
		this.outside = {
			notifier: {
				send: (message) => {
					this.sent.push(message);
					return notifier.send(message);
				},
			},
			payer,
			caller,
			orders,
			place: { store: noEvidence, uploads: join(tmpdir(), "redress-desk-uploads"), maxBytes: 1024 * 1024 },
			words,
			linkFor: async (_company, case_, party) => `https://redress.test/${party ?? "desk"}/${case_.slice(-4)}`,
			privateWebhooks: true,
			report: (sentence, error) =>
				this.reported.push(error instanceof Error ? `${sentence}: ${error.message}` : sentence),
		};
	}

	/** One round of the loop, by default of every kind. */
	run(
		options: {
			now?: string;
			batch?: number;
			kinds?: readonly ("timer" | "effect" | "delivery" | "nightly")[];
		} = {},
	) {
		return runDue(this.desk, this.outside, { now: this.now, ...options });
	}

	/** Rounds until nothing is due. */
	async settle(): Promise<void> {
		for (let rounds = 0; (await this.run()) > 0; rounds += 1)
			if (rounds === 100) throw new Error("something is due for ever");
	}

	async read<R>(sql: string, ...parameters: unknown[]): Promise<R[]> {
		const [rows = []] = await this.desk.database.read([{ sql, parameters }]);
		return rows as R[];
	}

	async write(...statements: Statement[]): Promise<void> {
		await this.desk.database.transaction((session) => session.commitWith(statements));
	}

	actor(id: string, role: string): Actor {
		const kind = role === "worker" ? "respondent" : "person";
		const capabilities = ROLES[role] ?? [];
		return {
			id,
			kind,
			company: this.company,
			capabilities,
			organisations: "all",
			trades: "all",
			belongsTo: ["desk"],
		};
	}

	/** @throws when it was not accepted. */
	async act(
		by: Actor,
		case_: string | null,
		type: string,
		fields: Record<string, unknown> = {},
	): Promise<Handled> {
		const answer: Answer = await handle(this.desk, { actor: by, case: case_, pack: "express", type, fields });
		if (!answer.ok) throw new Error(`${type}: ${JSON.stringify(answer)}`);
		return answer;
	}

	/** A damaged parcel, told on the phone. */
	async file(changed: Record<string, unknown> = {}): Promise<Handled> {
		return await this.act(this.actor("agent", "agent"), null, "FileComplaint", {
			channel: "phone",
			verbatim: "包裹被压坏了，里面的花瓶碎了",
			parties: [
				{ seat: "recipient", name: "李小明", phone: "13800001234" },
				{ seat: "courier", person: "courier-1", organisation: "outlet-1" },
			],
			orders: [{ number: "YD1234567890", facts: { fee: 1200, insured: true, declared: 30000 } }],
			allegations: [{ category: "damage", accused: [1] }],
			...changed,
		});
	}

	async stateOf(id: string): Promise<Case> {
		const [rows = []] = (await this.desk.database.read([
			readSnapshot(this.company, id),
		])) as Snapshot<Case>[][];
		if (!rows[0]) throw new Error(`no case ${id}`);
		return rows[0].state;
	}

	/** The company's notices with their texts, by recipient. */
	notices(wording?: string): Promise<NoticeTold[]> {
		return this.read<NoticeTold>(
			`select n.wording, n.recipient, n.channel, n.pretend, n.state, n.receipt, w.content as text from notice n
join words w on w.company = n.company and w.ref = n.text_ref
where n.company = $1 and ($2::text is null or n.wording = $2) order by n.recipient, n.key`,
			this.company,
			wording ?? null,
		);
	}

	/** An effect of one's own on a case. */
	async effect(case_: string, payload: object): Promise<void> {
		const row = { company: this.company, id: newId(), stream: case_, key: newId(), at: this.now, payload };
		await this.write(...insertDue([{ ...row, kind: "effect" }]));
	}

	async eventsOf(id: string): Promise<string[]> {
		const rows = await this.read<{ type: string }>(
			"select type from history where company = $1 and stream = $2 order by seq",
			this.company,
			id,
		);
		return rows.map((one) => one.type);
	}
}

let companies = 0;

/** A new company with an outlet, staff of every role and a courier; nothing else is due in the database any more. */
export async function deskUnderTest(database: Database<unknown>): Promise<DeskUnderTest> {
	const { packs, words } = await readExpress();
	companies += 1;
	const company = `company-${companies}`;
	const under = new DeskUnderTest(database, packs, words, company);
	const staff = Object.keys(ROLES).map((role) => ({ id: role === "worker" ? "courier-1" : role, role }));
	await under.write(
		{ sql: "delete from due", parameters: [] },
		{
			sql: "insert into company (company, name, settings) values ($1, '快捷', '{\"phone\":\"400-100\"}')",
			parameters: [company],
		},
		{
			sql: "insert into organisation (company, id, name, name_en, kind) values ($1, 'outlet-1', '一号网点', 'Outlet one', 'outlet'), ($1, 'desk', '客服', 'Desk', 'department')",
			parameters: [company],
		},
		...staff.flatMap(({ id, role }) => [
			{
				sql: "insert into role (company, role, capabilities) values ($1, $2, $3)",
				parameters: [company, role, ROLES[role] ?? []],
			},
			{
				sql: "insert into person (company, id, kind, alias, organisation, language) values ($1, $2, $3, $4, $5, 'zh')",
				parameters: [
					company,
					id,
					role === "worker" ? "worker" : "staff",
					`${id}-alias`,
					role === "worker" ? "outlet-1" : "desk",
				],
			},
			{
				sql: "insert into membership (company, person, role) values ($1, $2, $3)",
				parameters: [company, id, role],
			},
		]),
	);
	return under;
}
