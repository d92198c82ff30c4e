import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readShippedPack } from "#server/packs.ts";
import { emptyCase } from "./case.ts";
import { clocks } from "./clocks.ts";
import { REASONS } from "./decision.ts";
import { act, CASE, COMPANY, cast, passes, type Step, theatre } from "./given.ts";
import {
	accepted,
	asked,
	claimed,
	computed,
	damageAgreed,
	explained,
	faultDone,
	filed,
	filedInjury,
	graded,
	offered,
	settled,
	takenUp,
} from "./given-story.ts";
import {
	allowed,
	allowedAll,
	COMMANDS,
	decide,
	EVENTS,
	evolve,
	maySee,
	needsOf,
	obligations,
	standings,
	timersOf,
} from "./journey.ts";
import { NOTICES } from "./packs/wording.ts";
import { appeal } from "./steps/appeal.ts";
import { approval } from "./steps/approval.ts";
import { closure } from "./steps/closure.ts";
import { contact } from "./steps/contact.ts";
import { execution } from "./steps/execution.ts";
import { followUp } from "./steps/follow-up.ts";
import { improvement } from "./steps/improvement.ts";
import { intake } from "./steps/intake.ts";
import { investigation } from "./steps/investigation.ts";
import { STEPS, TRACK_OF } from "./steps/names.ts";
import { proceedings } from "./steps/proceedings.ts";
import { remedy } from "./steps/remedy.ts";
import { reputation } from "./steps/reputation.ts";
import { responsibility } from "./steps/responsibility.ts";
import { triage } from "./steps/triage.ts";

const { given, pack } = theatre(await readShippedPack("express"));
const police = act(cast.liaison, "OpenProceeding", {
	body: "police",
	direction: "inbound",
	number: "JQ1",
	words: "公安机关已受理",
});

/** Where a case may stand when somebody wants to do something. */
const SITUATIONS: Record<string, Step[]> = {
	unfiled: [],
	fresh: [filed()],
	triaged: [filed(), graded],
	found: faultDone,
	offered: [...takenUp, computed, offered()],
	agreed: damageAgreed,
	closed: settled,
	restricted: [filedInjury(), act(cast.safety, "GradeCase"), act(cast.safety, "ClaimCase")],
	police: [...takenUp, asked(), police],
	joined: [filed(), act(cast.agent, "JoinDuplicate", { into: "case-2" })],
};
const OTHERS = {
	"case-2": { id: "case-2", number: "260302-OTHER1", closed: false, orders: [], joined: false },
};

test("who may do what: every command, by everybody, wherever the case stands", async () => {
	const { on } = theatre(pack);
	const stages = Object.values(SITUATIONS).map((steps) => on({ cases: OTHERS }, ...steps).stage);
	// of two who may do the same, one is enough to read
	const twins = ["second", "safety2", "reviewer2", "quality2", "stranger"];
	const people = Object.entries(cast).filter(([name]) => !twins.includes(name));
	const lines = [...COMMANDS].map(([type, { step }]) => {
		const cells = stages.map((stage) => {
			const answers = people.map(
				([name, by]) => [name, allowed(type, stage.kase, stage.context(by))?.reason] as const,
			);
			const able = answers.filter(([, reason]) => !reason).map(([name]) => name);
			const why = [...new Set(answers.flatMap(([, reason]) => reason ?? []))].filter(
				(reason) => reason !== "NotAuthorised" && reason !== "NotYourCase" && reason !== "RestrictedCase",
			);
			return able.length > 0 ? able.join(" ") : `– ${why.join(" ") || "nobody"}`;
		});
		return `| ${step} | ${type} | ${cells.join(" | ")} |`;
	});
	const head = ["step", "command", ...Object.keys(SITUATIONS)];
	const table = [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`, ...lines];
	const words = [
		"# Who may do what",
		"",
		"Every command by the cast of the test kit (handler owns the case, insider belongs to the accused courier's line).",
		"Whether the fields are in order is asked afterwards. – why nobody may.",
	];
	await expect([...words, "", ...table, ""].join("\n")).toMatchFileSnapshot("./who-may-do-what.md");
});

describe("the spine", () => {
	const steps = {
		intake,
		triage,
		contact,
		investigation,
		responsibility,
		remedy,
		approval,
		execution,
		closure,
		"follow-up": followUp,
		appeal,
		proceedings,
		reputation,
		improvement,
	};
	const folder = join(import.meta.dirname, "steps");
	const sources = [
		...readdirSync(folder).map((name) => join(folder, name)),
		join(import.meta.dirname, "clocks.ts"),
		join(import.meta.dirname, "clock-moments.ts"),
		join(import.meta.dirname, "restriction.ts"),
	]
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
		.map((name) => readFileSync(name, "utf8"));
	const written = (pattern: RegExp) =>
		new Set(sources.flatMap((code) => [...code.matchAll(pattern)].map(([, name]) => name ?? "")));

	test("every step has its file, its test, and its line in the table of contents, in order", () => {
		const readme = readFileSync(join(folder, "README.md"), "utf8");
		const lines = [...readme.matchAll(/^(\d+)\. `([a-z-]+)` .*\((\w+)\)/gm)].map(([, n, name, track]) => [
			Number(n),
			name,
			track,
		]);
		expect(lines).toEqual(STEPS.map((name, n) => [n + 1, name, TRACK_OF[name]]));
		const files = readdirSync(folder);
		for (const name of STEPS)
			expect(files).toEqual(expect.arrayContaining([`${name}.ts`, `${name}.test.ts`]));
		for (const name of STEPS) expect(steps[name].name).toBe(name);
	});
	test("every step has words, in the product's own and in every pack's talk-tracks", () => {
		const root = join(import.meta.dirname, "..", "packs");
		for (const language of ["zh-CN", "en"]) {
			const own = parse(readFileSync(join(root, "common", "wording", `${language}.yaml`), "utf8"));
			expect(Object.keys(own.steps)).toEqual(expect.arrayContaining([...STEPS]));
			const trade = parse(readFileSync(join(root, "express", "wording", `${language}.yaml`), "utf8"));
			for (const name of STEPS) expect(Object.keys(trade.talk), `${language} ${name}`).toContain(name);
		}
	});
	test("no command and no event bears a name twice", () => {
		const all = [...Object.values(steps), clocks];
		const commands = all.flatMap((one) => Object.keys(one.commands));
		const events = all.flatMap((one) => Object.keys(one.fold));
		expect(commands).toHaveLength(new Set(commands).size);
		expect(events).toHaveLength(new Set(events).size);
		expect(new Set(commands)).toEqual(new Set(COMMANDS.keys()));
		expect(new Set(events)).toEqual(new Set(EVENTS));
	});
	test("every event that a decision makes is folded, every fold is made by a decision", () => {
		const declared = written(/Event<\s*"([A-Z]\w+)"/g);
		expect([...declared].filter((name) => !EVENTS.includes(name))).toEqual([]);
		const made = written(/type: "([A-Z]\w+)"/g);
		expect(EVENTS.filter((name) => !made.has(name))).toEqual([]);
	});
	test("every notice that the engine sends is one that packs have words for", () => {
		const sent = written(/(?:notice: |tell\(|toComplainants\()"([a-z-]+)"/g);
		expect([...sent].filter((key) => !(NOTICES as readonly string[]).includes(key))).toEqual([]);
		expect(sent.size).toBeGreaterThan(30);
	});
	test("every reason for a refusal is given somewhere", () => {
		const here = readdirSync(import.meta.dirname).filter(
			(name) =>
				name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "decision.ts" && name !== "shown.ts",
		);
		const code = [
			...sources,
			...here.map((name) => readFileSync(join(import.meta.dirname, name), "utf8")),
		].join("\n");
		// the write path gives this one, when somebody else has changed the case since
		const elsewhere = ["Conflict"];
		expect(REASONS.filter((reason) => !code.includes(`"${reason}"`) && !elsewhere.includes(reason))).toEqual(
			[],
		);
	});
	test("no amount, percentage or number of days stands in the code of the steps", () => {
		const plain = (code: string) =>
			code
				.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"\n]*"|`[^`]*`/g, "")
				// how long a text or a list may be at most is no rule of a trade
				.replaceAll(/\.(?:max|min|length|regex)\([^)]*\)/g, "");
		const figures = sources.flatMap((code) => plain(code).match(/(?<![\w.])\d[\d_]*(?!\w)/g) ?? []);
		const kinds = new Set(figures.filter((figure) => figure !== "0" && figure !== "1"));
		// a hundred per cent; minutes of an hour; milliseconds of a minute; law 7: safety measures are reviewed in 24 hours
		expect([...kinds].sort()).toEqual(["100", "24", "60", "60_000"]);
	});
});

describe("reaching a case", () => {
	const { kase, stage } = given(...takenUp);
	const reason = (by: typeof cast.agent) => maySee(kase, by)?.reason ?? null;

	test("another company's people see nothing", () => {
		expect(reason({ ...cast.handler, company: "other" })).toBe("NotYourCase");
		expect(allowed("ClaimCase", kase, stage.context({ ...cast.handler, company: "other" }))?.reason).toBe(
			"NotAuthorised",
		);
	});
	test("staff see the cases of their organisations and trades", () => {
		expect(reason({ ...cast.second, organisations: ["outlet-7"] })).toBeNull();
		expect(reason({ ...cast.second, organisations: ["branch-3"] })).toBeNull();
		expect(reason({ ...cast.second, organisations: ["outlet-8"] })).toBe("OutsideScope");
		expect(reason({ ...cast.second, trades: ["express"] })).toBeNull();
		expect(reason({ ...cast.second, trades: ["ride-hailing"] })).toBe("OutsideScope");
	});
	test("a link opens its one case, an account with no part in it none", () => {
		expect(reason(cast.complainant)).toBeNull();
		expect(reason({ ...cast.complainant, link: { case: "case-9", party: "p1" } })).toBe("NotYourCase");
		expect(reason({ ...cast.complainant, link: undefined } as never)).toBe("NotYourCase");
		expect(reason(cast.courier)).toBeNull();
		expect(reason(cast.stranger)).toBe("NotYourCase");
	});
	test("a department sees what it was asked about, an inspector what they are to inspect, an owner their action", () => {
		expect(reason(cast.officer)).toBe("NotYourCase");
		const question = act(cast.handler, "AskQuestion", { organisation: "dispatch", words: "当天谁当班？" });
		expect(maySee(given(...takenUp, question).kase, cast.officer)).toBeNull();
		const inspection = act(cast.handler, "OrderInspection", {
			place: "仓库",
			planned: "2026-03-05T02:00:00.000Z",
			inspector: "officer",
		});
		expect(maySee(given(...takenUp, inspection).kase, cast.officer)).toBeNull();
		const action = act(cast.quality, "OpenCorrectiveAction", {
			owner: "officer",
			cause: "unknown",
			words: "整改",
			due: "2026-04-01T00:00:00.000Z",
		});
		expect(maySee(given(...takenUp, action).kase, cast.officer)).toBeNull();
	});
	test("a restricted case opens to others only while their duty asks for them", () => {
		const restricted = given(...(SITUATIONS.restricted ?? []));
		for (const by of [cast.handler, cast.approver, cast.finance, cast.reviewer, cast.quality])
			expect(maySee(restricted.kase, by)?.reason).toBe("RestrictedCase");
		const ceiling = act(cast.safety, "RequestApproval", { ceiling: 20_000, grounds: "垫付医药费" });
		const asking = given(...(SITUATIONS.restricted ?? []), ceiling).kase;
		expect(maySee(asking, cast.approver)).toBeNull();
		expect(maySee(asking, cast.handler)?.reason).toBe("RestrictedCase");
	});
	test("whoever has a side acts in their seat alone, whatever else they may do", () => {
		const mine = given(
			filed({
				parties: [
					{ seat: "recipient", person: "handler" },
					{ seat: "courier", person: "courier-1" },
				],
			}),
		).stage;
		expect(allowed("GradeCase", mine.kase, mine.context(cast.handler))?.reason).toBe("NotAuthorised");
		expect(allowed("WithdrawAllegations", mine.kase, mine.context(cast.handler))).toBeNull();
		const accused = given(
			filed({
				parties: [{ seat: "recipient" }, { seat: "courier", person: "second", organisation: "outlet-7" }],
			}),
		).stage;
		expect(allowed("ClaimCase", accused.kase, accused.context(cast.second))?.reason).toBe("NotAuthorised");
		expect(allowed("Explain", accused.kase, accused.context(cast.second))).toBeNull();
	});
	test("a customer who is accused answers by their link as the courier does", () => {
		const worker = filed({
			source: "worker",
			parties: [
				{ seat: "courier", person: "courier-1" },
				{ seat: "recipient", name: "王先生" },
			],
		});
		const { stage: turned } = given({ ...worker, by: cast.courier });
		expect(turned.kase.parties.map((one) => one.side)).toEqual(["complainant", "respondent"]);
		const link = { ...cast.complainant, link: { case: CASE, party: "p2" } };
		expect(allowed("Explain", turned.kase, turned.context(link))).toBeNull();
		expect(allowed("AcceptOffer", turned.kase, turned.context(link))?.reason).toBe("NotAuthorised");
		expect(allowed("AmendComplaint", turned.kase, turned.context(cast.courier))).toBeNull();
	});
});

describe("what the state of a case allows", () => {
	test("nothing but filing before it is filed, and filing no second time", () => {
		const { stage } = given();
		expect(allowed("ClaimCase", stage.kase, stage.context(cast.handler))?.reason).toBe("NotFiled");
		expect(given(filed()).when(filed()).refusal).toMatchObject({ reason: "AlreadyFiled" });
	});
	test("an unknown command is malformed", () => {
		const { stage } = given(filed());
		expect(decide({ type: "Sing", fields: {} }, stage.kase, stage.context(cast.agent))).toMatchObject({
			refusal: { reason: "Malformed" },
		});
		expect(allowed("Sing", stage.kase, stage.context(cast.agent))?.reason).toBe("Malformed");
	});
	test("closure ends the customer's track, the others go on", () => {
		const { stage } = given(...settled);
		const reason = (type: string, by = cast.handler) =>
			allowed(type, stage.kase, stage.context(by))?.reason ?? null;
		expect([reason("MakeOffer"), reason("RecordContact"), reason("RegradeCase")]).toEqual([
			"CaseClosed",
			"CaseClosed",
			"CaseClosed",
		]);
		expect([
			reason("AskQuestion"),
			reason("DecideFinding"),
			reason("OpenProceeding"),
			reason("ImposeSanction", cast.quality),
		]).toEqual([null, null, null, null]);
	});
	test("police suspend the fault track, not the care for the customer", () => {
		const { stage } = given(...(SITUATIONS.police ?? []));
		const reason = (type: string, by = cast.handler) =>
			allowed(type, stage.kase, stage.context(by))?.reason ?? null;
		expect([reason("DecideFinding"), reason("AskQuestion"), reason("Explain", cast.courier)]).toEqual([
			"UnderPolice",
			"UnderPolice",
			"UnderPolice",
		]);
		expect([reason("ComputeRemedy"), reason("RecordContact"), reason("AddEvidence")]).toEqual([
			null,
			null,
			null,
		]);
	});
	test("timers and obligations of what is suspended keep still", () => {
		const before = given(...takenUp, asked()).stage;
		expect(before.timers().some((one) => one.command.type === "RecordNoReply")).toBe(true);
		const { stage } = given(...(SITUATIONS.police ?? []));
		expect(stage.timers().some((one) => one.command.type === "RecordNoReply")).toBe(false);
		expect(obligations(stage.kase, pack, stage.now).map((one) => one.what)).not.toContain("explain");
		const joined = theatre(pack).on({ cases: OTHERS }, ...(SITUATIONS.joined ?? [])).stage;
		expect(obligations(joined.kase, pack, joined.now).map((one) => one.command)).toEqual(["CloseCase"]);
	});
});

describe("decide, evolve, standings", () => {
	test("allowedAll answers for every command", () => {
		const { stage } = given(filed());
		const answers = allowedAll(stage.kase, stage.context(cast.handler));
		expect(Object.keys(answers)).toEqual([...COMMANDS.keys()]);
		expect(answers.ClaimCase).toBe(true);
		expect(answers.DecideAppeal).toMatchObject({ reason: "NotAuthorised" });
	});
	test("events are folded with their place and time, and carry what clocks began", () => {
		const { stage } = given(filed());
		expect(stage.kase.seq).toBe(stage.history.length);
		expect(stage.history.map(({ event }) => event.type)).toContain("ClockStarted");
		expect(stage.kase.changedAt).toBe(stage.now);
		expect(stage.kase.moments).toMatchObject({ received: stage.now, filed: stage.now });
	});
	test("an event that nobody knows is a broken world", () => {
		const empty = emptyCase(CASE, COMPANY, "N", { name: "express", version: "1" });
		expect(() => evolve(empty, { type: "SomethingElse", data: {} }, { at: "", by: "", seq: 1 })).toThrow(
			/no step knows/,
		);
	});
	test("each step stands somewhere, and says so without being told", () => {
		const of = (...steps: Step[]) =>
			Object.fromEntries(standings(given(...steps).kase, pack).map((one) => [one.step, one.standing]));
		expect(of()).toMatchObject({ intake: "open", triage: "waiting", remedy: "waiting", closure: "waiting" });
		expect(of(filed(), graded, claimed)).toMatchObject({
			intake: "done",
			triage: "done",
			contact: "open",
			investigation: "open",
			responsibility: "open",
			remedy: "open",
		});
		expect(of(...settled)).toMatchObject({
			remedy: "done",
			execution: "done",
			closure: "done",
			"follow-up": "open",
			approval: "not-needed",
			proceedings: "not-needed",
			reputation: "not-needed",
		});
		expect(of(...faultDone)).toMatchObject({ responsibility: "done", appeal: "not-needed" });
		expect(of(filed({ kind: "enquiry", allegations: [{ category: "other" }] }), graded)).toMatchObject({
			investigation: "not-needed",
			responsibility: "not-needed",
		});
		expect(
			of(...settled, passes(30), act(cast.quality, "RecordFollowUp", { satisfied: true, bothered: false })),
		).toMatchObject({ "follow-up": "done" });
	});
	test("a step that the route leaves out records why", () => {
		const { kase } = given(filed({ kind: "enquiry", allegations: [{ category: "other" }] }), graded);
		expect(kase.skipped.responsibility?.why).toBe("route:not-a-complaint");
	});
	test("what a command wants loaded is declared", () => {
		expect(needsOf("JoinDuplicate")).toEqual(["cases"]);
		expect(needsOf("AssignCase")).toEqual(["people"]);
		expect(needsOf("ImposeSanction")).toEqual(["conduct"]);
		expect(needsOf("ClaimCase")).toEqual([]);
		expect(needsOf("Sing")).toEqual([]);
	});
	test("the due table of a fresh case is its clocks' thresholds", () => {
		const { stage } = given(filed());
		const keys = timersOf(stage.kase, pack, stage.days).map((one) => one.key);
		expect(keys).toContain("clock:c1:50");
		expect(new Set(keys).size).toBe(keys.length);
	});
	test("from the first word to the last question, one play", () => {
		const { kase } = given(...takenUp, asked(), explained, computed, offered(), accepted());
		expect(kase.items.map((one) => one.item)).toEqual(["redelivery", "voucher", "apology"]);
	});
});
