import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { cutAt, Marked } from "./marked.tsx";

test("what was looked for is marked where it stands", () => {
	expect(renderToStaticMarkup(createElement(Marked, { text: "拖车迟到80分钟", at: [[2, 4]] }))).toBe(
		"拖车<mark>迟到</mark>80分钟",
	);
});

test("places out of order, overlapping or beyond the text do no harm", () => {
	const parts = cutAt("abcdef", [
		[4, 5],
		[0, 2],
		[1, 3],
		[5, 99],
	]);
	expect(parts.map((one) => one.text).join("")).toBe("abcdef");
	expect(parts.filter((one) => one.hit).map((one) => one.text)).toEqual(["ab", "e"]);
});
