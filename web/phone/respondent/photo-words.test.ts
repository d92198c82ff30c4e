import { expect, test } from "vitest";
import { saysOf } from "./photo-words.ts";

test("time and place as the camera wrote them; what is not there is not made up", () => {
	expect(saysOf({ DateTimeOriginal: "2026:05:02 14:20:31", latitude: 22.54, longitude: 114.05 })).toEqual({
		taken: "2026-05-02 14:20",
		position: { latitude: 22.54, longitude: 114.05 },
	});
	expect(saysOf({ DateTimeOriginal: "yesterday", latitude: 22.54 })).toEqual({ taken: null, position: null });
	expect(saysOf({})).toEqual({ taken: null, position: null });
});
