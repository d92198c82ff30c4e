import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import type { Actor } from "../actor.ts";
import { type Act, act, cast, passes, type Step, silently, theatre } from "../given.ts";
import {
	accepted,
	claimed,
	closed,
	completed,
	computed,
	content,
	filed,
	filedInjury,
	graded,
	offered,
	reached,
	settled,
	takenUp,
} from "../given-story.ts";
import { decide } from "../journey.ts";

const express = await readShippedPack("express");
const { given } = theatre(express);
const { perDay, inAll } = express.data.contact;

const noAnswer = act(cast.handler, "RecordContact", { party: "p1", through: "call", outcome: "no-answer" });

test("the first time the complainant is reached stops the clock and says how late", () => {
	const { events, kase } = given(...takenUp).when(reached);
	expect(events).toContainEqual(expect.objectContaining({ type: "FirstContactMade" }));
	expect(kase.clocks.find((one) => one.name === "first-contact")?.stopped).not.toBeNull();
	const late = given(...takenUp, passes(30)).when(reached).events;
	const minutesLate = late.flatMap((one) => (one.type === "FirstContactMade" ? [one.data] : []));
	expect(minutesLate).toEqual([
		expect.objectContaining({ minutesLate: expect.toSatisfy((late: number) => late > 0) }),
	]);
});

test("a second contact is no first contact", () => {
	const again = given(...takenUp, reached).when(reached);
	expect(again.events.map((one) => one.type)).toEqual(["ContactRecorded"]);
});

test("unanswered attempts are counted, and capped by the day", () => {
	const tries = Array.from({ length: perDay }, () => ({ ...noAnswer, after: 60 }));
	expect(given(...takenUp, ...tries).when(noAnswer).refusal).toMatchObject({
		reason: "TooManyAttempts",
		detail: { most: perDay },
	});
});

test("an attempt lies between receipt and now, and concerns a party of the case", () => {
	const stage = given(...takenUp);
	expect(
		stage.when({ ...noAnswer, fields: { ...noAnswer.fields, at: "2026-03-09T10:00:00+08:00" } }).refusal
			?.reason,
	).toBe("InTheFuture");
	expect(
		stage.when({ ...noAnswer, fields: { ...noAnswer.fields, at: "2026-02-09T10:00:00+08:00" } }).refusal
			?.reason,
	).toBe("BeforeIntake");
	expect(
		stage.when(act(cast.handler, "RecordContact", { party: "p9", through: "call", outcome: "reached" }))
			.refusal?.reason,
	).toBe("UnknownParty");
});

test("outgoing words pass the guard: numbers and private deals are stopped, with the rule named", () => {
	const taken = given(...takenUp);
	const send = (words: string) => act(cast.handler, "SendMessage", { to: "p1", words });
	expect(taken.when(send("有事打我手机13812345678")).refusal).toMatchObject({ reason: "GuardBlocked" });
	expect(taken.when(send("您好，包裹今天下午重新派送。")).ok).toBe(true);
	const whom = taken.when(act(cast.handler, "SendMessage", { to: "p9", words: "您好" }));
	expect(whom.refusal?.reason).toBe("UnknownParty");
});

test("what the complainant writes is never stopped", () => {
	const words = "我的电话13812345678";
	const talking = given(...takenUp, act(cast.courier, "OpenDirectTalk"));
	expect(talking.when(act(cast.complainant, "SendMessage", { to: "p2", words })).refusal).toBeNull();
});

test("direct talk opens for the courier, closes by itself at its time, and a restriction bars it", () => {
	const talking = given(...takenUp, act(cast.courier, "OpenDirectTalk"));
	expect(talking.kase.directTalk?.closed).toBeNull();
	expect(talking.when(act(cast.courier, "OpenDirectTalk")).refusal?.reason).toBe("AlreadyOpen");
	const after = given(...takenUp, act(cast.courier, "OpenDirectTalk"), passes(200));
	expect(after.kase.directTalk?.closed?.why).toBe("timeout");
	const shut = given(
		filed(),
		graded,
		act(cast.handler, "ClaimCase"),
		act(cast.handler, "RestrictCase", { why: "涉及骚扰" }),
	);
	expect(shut.when(act(cast.courier, "OpenDirectTalk")).ok).toBe(false);
});

test("the desk takes contact over, once", () => {
	const taken = given(...takenUp, act(cast.handler, "TakeOverContact", { why: "客户要求" }));
	expect(taken.kase.route?.firstContact).toBe("desk");
	expect(taken.when(act(cast.handler, "TakeOverContact")).refusal?.reason).toBe("AlreadyDone");
});

type Row = [name: string, steps: Step[], one: Act, reason: string];
const by = (actor: Actor, type: string, fields = {}) => act(actor, type, fields);
const call = (actor: Actor, outcome: string, fields = {}) =>
	by(actor, "RecordContact", { party: "p1", through: "call", outcome, ...fields });
const say = (actor: Actor, words: string, fields = {}) =>
	by(actor, "SendMessage", { to: "p1", words, ...fields });
const talk = by(cast.courier, "OpenDirectTalk");
const ended = (why: string, actor: Actor = cast.complainant) => by(actor, "CloseDirectTalk", { why });
const declined = call(cast.handler, "refused");
const police = by(cast.liaison, "OpenProceeding", {
	body: "police",
	direction: "inbound",
	number: "JQ1",
	words: "立案",
});
const conduct = [filed({ allegations: [{ category: "attitude", accused: [1] }] }), graded, claimed];
const two = [
	{ seat: "recipient", person: "customer-1" },
	{ seat: "courier", person: "courier-1" },
	{ seat: "courier", person: "courier-9" },
];

test.each<Row>([
	[
		"a call by the courier where the desk has first contact",
		[...takenUp, by(cast.handler, "TakeOverContact")],
		call(cast.courier, "reached"),
		"DirectTalkBarred",
	],
	[
		"a second call by the courier outside direct talk",
		[...takenUp, call(cast.courier, "reached")],
		call(cast.courier, "reached"),
		"DirectTalkBarred",
	],
	[
		"a call by the courier whom the complainant refused",
		[...takenUp, declined],
		call(cast.courier, "no-answer"),
		"ContactRefused",
	],
	["a call by the courier about his own manners", conduct, call(cast.courier, "reached"), "DirectTalkBarred"],
	[
		"a message by the courier outside direct talk",
		[...takenUp, reached],
		say(cast.courier, "您好"),
		"DirectTalkBarred",
	],
	[
		"a message to the courier outside direct talk",
		takenUp,
		say(cast.complainant, "您好", { to: "p2" }),
		"DirectTalkBarred",
	],
	["direct talk about manners", conduct, talk, "DirectTalkBarred"],
	["direct talk under police", [...takenUp, police], talk, "DirectTalkBarred"],
	[
		"direct talk after the complainant refused to be called",
		[...takenUp, declined],
		talk,
		"DirectTalkBarred",
	],
	["direct talk after the complainant ended it", [...takenUp, talk, ended("wish")], talk, "DirectTalkBarred"],
	[
		"direct talk for somebody who is not there",
		takenUp,
		by(cast.handler, "OpenDirectTalk", { party: "p9" }),
		"UnknownParty",
	],
	[
		"direct talk for the complainant",
		takenUp,
		by(cast.handler, "OpenDirectTalk", { party: "p1" }),
		"UnknownParty",
	],
	[
		"direct talk opened for another courier",
		[filed({ parties: two }), graded],
		by(cast.courier, "OpenDirectTalk", { party: "p3" }),
		"NotYourPart",
	],
	["direct talk ended that is not open", takenUp, ended("agreed"), "NotOpen"],
	["direct talk timed out too early", [...takenUp, talk], by(cast.system, "EndDirectTalk"), "TooEarly"],
	["taken over before it was graded", [filed()], by(cast.handler, "TakeOverContact"), "NotTriaged"],
	[
		"words that ask the complainant to withdraw, without a reason",
		takenUp,
		say(cast.handler, "请您撤销投诉"),
		"GuardAsksReason",
	],
	[
		"words that no reason lets out",
		takenUp,
		say(cast.handler, "加我微信谈", { reason: "客户要求" }),
		"GuardBlocked",
	],
	["contact after closure", settled, call(cast.handler, "reached"), "CaseClosed"],
])("refused: %s", (_, steps, one, reason) => {
	expect(given(...steps).when(one).refusal?.reason).toBe(reason);
});

test("attempts are capped in all, too; being reached is no attempt, and what the system sends is none", () => {
	const days = Array.from({ length: Math.ceil(inAll / perDay) }, () => [
		silently(24),
		...Array.from({ length: perDay }, () => noAnswer),
	]).flat();
	const worn = given(...takenUp, ...days.slice(0, inAll + Math.ceil(inAll / perDay)), silently(24));
	expect(worn.when(noAnswer).refusal).toMatchObject({
		reason: "TooManyAttempts",
		detail: { most: inAll, of: "all" },
	});
	expect(worn.when(reached).ok).toBe(true);
});

test("nights are quiet, for desk and courier; letters and critical cases excepted", () => {
	const night = silently(13);
	expect(given(...takenUp, night).when(noAnswer).refusal).toMatchObject({
		reason: "QuietHours",
		detail: { from: "22:00", to: "08:00" },
	});
	expect(given(...takenUp, night).when(call(cast.courier, "no-answer")).refusal?.reason).toBe("QuietHours");
	expect(given(...takenUp, night).when(call(cast.handler, "sent", { through: "mail" })).ok).toBe(true);
	expect(given(...takenUp, night).when(reached).ok).toBe(true);
	expect(given(filedInjury(), night).when(call(cast.safety, "no-answer")).ok).toBe(true);
	// just before ten in the evening, and at eight in the morning
	expect(given(...takenUp, { until: "2026-03-02T13:58:59.999Z" }).when(noAnswer).ok).toBe(true);
	expect(given(...takenUp, { until: "2026-03-02T23:59:00.000Z" }).when(noAnswer).ok).toBe(true);
});

test("first contact counts from when it was made, though it is written down later", () => {
	const told = given(...takenUp, silently(2)).when(
		call(cast.handler, "reached", { at: "2026-03-02T10:10:00+08:00" }),
	);
	expect(told.events.find((one) => one.type === "FirstContactMade")?.data).toMatchObject({
		minutesLate: 0,
		as: "desk",
	});
	const clock = told.kase.clocks.find((one) => one.name === "first-contact");
	expect([clock?.stopped?.at, clock?.breachedAt]).toEqual(["2026-03-02T02:10:00.000Z", null]);
});

test("who spoke is written down: courier, outlet or desk", () => {
	const as = (actor: Actor, steps = takenUp) =>
		given(...steps)
			.when(call(actor, "reached"))
			.kase.contacts.at(-1)?.as;
	expect([as(cast.courier), as(cast.handler)]).toEqual(["worker", "desk"]);
	const asked = [
		...takenUp,
		by(cast.handler, "AskQuestion", { organisation: "outlet-7", words: "请联系客户" }),
	];
	expect(as(cast.outlet, asked)).toBe("outlet");
});

test("a refusal ends direct talk; after any end but an agreement the desk comes in", () => {
	const refused = given(...takenUp, talk).when(declined).kase;
	expect([refused.directTalk?.closed?.why, refused.route?.firstContact]).toEqual(["wish", "desk"]);
	const timedOut = given(...takenUp, talk, passes(2));
	expect([timedOut.kase.directTalk?.closed?.why, timedOut.kase.route?.firstContact]).toEqual([
		"timeout",
		"desk",
	]);
	expect(JSON.stringify(timedOut.stage.effects)).toContain('"person":"handler"},"notice":"escalated"');
	expect(given(...takenUp, talk).when(ended("agreed")).kase.route?.firstContact).toBe("worker");
});

test("direct talk lasts as long as the pack says, until the very instant", () => {
	const { kase } = given(...takenUp, talk);
	expect(kase.directTalk).toMatchObject({
		party: "p2",
		at: "2026-03-02T02:04:00.000Z",
		until: "2026-03-02T03:04:00.000Z",
	});
	expect(given(...takenUp, talk, { until: "2026-03-02T03:03:59.999Z" }).kase.directTalk?.closed).toBeNull();
	expect(given(...takenUp, talk, { until: "2026-03-02T03:04:00.000Z" }).kase.directTalk?.closed?.why).toBe(
		"timeout",
	);
});

test("the case's end ends direct talk", () => {
	const steps = [
		...takenUp,
		computed,
		offered(),
		accepted(),
		...["x1", "x2", "x3"].map(completed),
		content,
		talk,
	];
	expect(given(...steps).when(closed()).kase.directTalk?.closed?.why).toBe("agreed");
});

test("a reason lets words out where the pack asks for one, and the rule stands beside them", () => {
	const sent = given(...takenUp).when(say(cast.handler, "请您撤销投诉", { reason: "引用客户原话" })).kase
		.messages[0];
	expect(sent).toMatchObject({ from: "company", to: "p1", guard: ["press-withdraw"] });
});

test("a complainant writes to the desk at any time; out of reach and written after all, the case comes back", () => {
	const calls = [0, 1, 2].flatMap(() => [silently(24), noAnswer]);
	const gone = given(...takenUp, ...calls, by(cast.handler, "CloseCase", { outcome: "unreachable" }));
	const back = gone.when(say(cast.complainant, "我出差了，刚看到", { to: "company" }));
	expect(back.kase.messages[0]).toMatchObject({ to: "company", from: "p1" });
	expect(back.kase.reopenings[0]?.because).toBe("contact");
	expect(
		given(...settled).when(say(cast.complainant, "谢谢", { to: "company" })).kase.closure,
	).not.toBeNull();
});

test("after so many unanswered calls the complainant is written to, once", () => {
	const { stage } = given(...takenUp, noAnswer, noAnswer);
	expect(stage.try(noAnswer).effects).toContainEqual({
		do: "notify",
		to: { party: "p1" },
		notice: "unreachable",
	});
});

test("words without their text are a broken world, not a way past the guard", () => {
	const { stage } = given(...takenUp);
	const fields = { to: "p1", words: { ref: "lost", hash: "0" } };
	expect(() => decide({ type: "SendMessage", fields }, stage.kase, stage.context(cast.handler))).toThrow(
		/lost/,
	);
});

test("a note changes nothing of the case and tells those it names, but not its author", () => {
	const { stage } = given(...takenUp);
	const before = stage.kase;
	const fields = { words: "请主管看一下", mentions: ["duty", "handler", "duty"] };
	const { events, effects, kase } = stage.try(act(cast.handler, "AddNote", fields));
	expect(events).toMatchObject([{ type: "NoteAdded", data: { mentions: ["duty", "handler"] } }]);
	expect(effects).toEqual([{ do: "notify", to: { person: "duty" }, notice: "mentioned" }]);
	expect(kase).toEqual({ ...before, seq: kase.seq, changedAt: kase.changedAt });
});
