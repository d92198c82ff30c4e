import { expect, test } from "vitest";
import { accountProblem, REASONS, refusalOf, wordsOf } from "./words.ts";

test.each(REASONS)("%s has words in both languages with the same blanks", (reason) => {
	const blanks = (language: "zh" | "en") => {
		const found: string[] = [];
		const detail = new Proxy({}, { get: (_, name) => found.push(String(name)) });
		expect(wordsOf({ reason, detail }, language)).toMatch(
			language === "zh" ? /\p{Script=Han}.*。$/u : /^[A-Z].*\.$/,
		);
		return found.sort();
	};
	expect(blanks("zh")).toEqual(blanks("en"));
});

test("a refusal becomes a problem document in the asker's language", () => {
	expect(accountProblem(refusalOf("LockedOut", { minutes: 9 }), "zh")).toEqual({
		type: "urn:redress:account:LockedOut",
		title: "尝试次数过多，已暂时锁定。请在 9 分钟后再试。",
		detail: "尝试次数过多，已暂时锁定。请在 9 分钟后再试。",
		status: 429,
		reason: "LockedOut",
		given: { minutes: 9 },
	});
});
