import { expect, test } from "vitest";
import { spokenNumber, spokenTime } from "./spoken.ts";

test("a number is read figure by figure, one as 幺", () => {
	expect(spokenNumber("261123-7K4Q2M8C", "zh")).toBe("二六幺幺二三，七 K 四 Q 二 M 八 C");
	expect(spokenNumber("261123-7K4Q2M8C", "en")).toBe("2 6 1 1 2 3, 7 K 4 Q 2 M 8 C");
});

test.each([
	["2026-11-30T10:00:00.000Z", "11月30日，星期一，下午6点", "6 pm on Monday 30 November"],
	["2026-11-30T01:30:00.000Z", "11月30日，星期一，上午9点半", "9:30 am on Monday 30 November"],
	["2026-11-30T04:05:00.000Z", "11月30日，星期一，中午12点5分", "12:05 pm on Monday 30 November"],
	["2026-11-29T16:00:00.000Z", "11月29日，星期日，晚上12点", "the end of Sunday 29 November"],
])("%s is said in words, in the company's zone", (at, zh, en) => {
	expect(spokenTime(at, "Asia/Shanghai", "zh")).toBe(zh);
	expect(spokenTime(at, "Asia/Shanghai", "en")).toBe(en);
});
