import { expect, test } from "vitest";
import { readShippedPack } from "#server/packs.ts";
import { act, cast, passes, theatre } from "../given.ts";
import { filed, graded, reached, takenUp } from "../given-story.ts";

const express = await readShippedPack("express");
const { given } = theatre(express);
const { perDay } = express.data.contact;

const noAnswer = act(cast.handler, "RecordContact", { party: "p1", through: "call", outcome: "no-answer" });

test("the first time the complainant is reached stops the clock and says how late", () => {
	const { events, kase } = given(...takenUp).when(reached);
	expect(events).toContainEqual(expect.objectContaining({ type: "FirstContactMade" }));
	expect(kase.clocks.find((one) => one.name === "first-contact")?.stopped).not.toBeNull();
	const late = given(...takenUp, passes(30)).when(reached).events;
	const minutesLate = late.flatMap((one) => (one.type === "FirstContactMade" ? [one.data] : []));
	expect(minutesLate).toEqual([expect.objectContaining({ minutesLate: expect.toSatisfy((late: number) => late > 0) })]);
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
