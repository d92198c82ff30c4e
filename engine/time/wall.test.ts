import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochOf, instantAt } from "./instant.ts";
import { clockTimeIn } from "./wall.ts";

describe("the time on the wall", () => {
	it("is what Temporal says, on the days too on which the clocks change", () => {
		const zone = fc.constantFrom("Asia/Shanghai", "Europe/London", "America/Santiago", "Asia/Kathmandu");
		const epoch = fc.integer({ min: epochOf("2026-03-28T00:00:00Z"), max: epochOf("2026-03-31T00:00:00Z") });
		fc.assert(
			fc.property(epoch, zone, (at, name) => {
				const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
				expect(clockTimeIn(instantAt(at), name)).toBe(there.toPlainTime().toString().slice(0, 5));
			}),
		);
		expect(clockTimeIn("2026-03-29T12:00:00.000Z", "Europe/London")).toBe("13:00");
		expect(clockTimeIn("2026-03-29T00:00:59.999Z", "Europe/London")).toBe("00:00");
	});
});
