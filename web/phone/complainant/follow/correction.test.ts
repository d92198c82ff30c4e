import { expect, test } from "vitest";
import { correctionFrom, NOTHING } from "./correction.ts";

test("one's own data are asked for as such, words alone stand beside the complaint", () => {
	expect(correctionFrom({ ...NOTHING, phone: " 13911112222 ", words: "换号了" })).toEqual({
		ok: true,
		type: "CorrectParty",
		fields: { phone: "13911112222", why: "换号了" },
	});
	expect(correctionFrom({ ...NOTHING, words: "是周二" })).toEqual({
		ok: true,
		type: "AmendComplaint",
		fields: { words: "是周二" },
	});
});

test.each([
	[NOTHING, "correct-missing"],
	[{ ...NOTHING, name: "  " }, "correct-missing"],
	[{ ...NOTHING, phone: "1391" }, "give-phone"],
])("%j is not sent: %s", (typed, why) => {
	expect(correctionFrom(typed)).toEqual({ ok: false, why });
});
