import { expect, test } from "vitest";
import { phonePathFor } from "./phone-path.ts";

test.each([
	["/", "/m"],
	["/approvals", "/m"],
	["/cases/c1", "/m/case/c1"],
	["/cases/c1/evidence", "/m/case/c1"],
])("a worker who opens %s at the desk's door is led to %s", (asked, led) => {
	expect(phonePathFor(asked)).toBe(led);
});
