import { matchesOf, overlaps, type Picked } from "./picked.ts";
import { digitsIn } from "./picked-numerals.ts";

/**
 * Numbers in words: phones (PRC mobile and fixed lines), plates (GA 36), order and waybill numbers. What is none of
 * them, an identity card or a bank card, is found too, so that no part of it is taken for an order.
 */
export function numbersIn(text: string, plateWord: string): Picked[] {
	const private_ = privateNumbers(text);
	const phones = phonesIn(text).filter((one) => !private_.some((other) => overlaps(one, other)));
	const plates = [...platesIn(text), ...badgesIn(text, plateWord)];
	const taken = [...private_, ...phones, ...plates];
	const orders = ordersIn(text).filter((one) => !taken.some((other) => overlaps(one, other)));
	return [...orders, ...phones, ...plates];
}

const MOBILE = /(?<!\d)(?:(?:\+|00)?86[\s-]?)?(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?!\d)/g;
const FIXED = /(?<![\dA-Za-z-])(0\d{2,3}[\s-]?\d{7,8})(?!\d)/g;
const READ_OUT =
	/(?<![〇零一幺二两三四五六七八九])[一幺][〇零一幺二两三四五六七八九]{10}(?![〇零一幺二两三四五六七八九])/g;

function phonesIn(text: string): Picked[] {
	const said = matchesOf(text, READ_OUT).map((one) => ({ ...one, value: digitsIn(one.found) }));
	const written = [MOBILE, FIXED].flatMap((pattern) =>
		matchesOf(text, pattern).map((one) => ({
			...one,
			value: (one.groups[0] ?? "").replaceAll(/[\s-]/g, ""),
		})),
	);
	return [...written, ...said.filter((one) => /^1[3-9]/.test(one.value))].map(({ found, from, value }) => ({
		kind: "phone" as const,
		value,
		from,
		to: from + found.length,
	}));
}

const PLATE =
	/[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-HJ-NP-Za-hj-np-z][·.\s-]?[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![A-Za-z0-9])/g;
/** Whose car, by the words just before. */
const OWN = /(?:我|本人|自己|我们)[^，。；,.;]{0,8}$|\bmy\b[^,.;]{0,20}$/i;
const OTHER = /(?:司机|师傅|他|她|对方|那|这)[^，。；,.;]{0,8}$|\b(?:driver|his|her|their)\b[^,.;]{0,20}$/i;

function platesIn(text: string): Picked[] {
	return matchesOf(text, PLATE).map(({ found, from }) => {
		const before = text.slice(Math.max(0, from - 24), from);
		const whose = OTHER.test(before) ? "other" : OWN.test(before) ? "own" : null;
		return {
			kind: "plate",
			value: found.replaceAll(/[·.\s-]/g, "").toUpperCase(),
			from,
			to: from + found.length,
			...(whose ? { whose } : {}),
		};
	});
}

/** Where a trade's plates are badge numbers, they stand behind that word. */
function badgesIn(text: string, word: string): Picked[] {
	if (word === "" || /车牌|plate/i.test(word)) return [];
	const escaped = word.replaceAll(/[^\p{L}\p{N}\s]/gu, "\\$&");
	const badge = new RegExp(
		`${escaped}\\s?(?:号码|是|为|叫)?[\\s：:]{0,2}([A-Za-z]{0,4}\\d{3,10})(?![\\dA-Za-z])`,
		"gi",
	);
	return matchesOf(text, badge).map(({ found, from, groups: [value = ""] }) => ({
		kind: "plate",
		value: value.toUpperCase(),
		from: from + found.length - value.length,
		to: from + found.length,
		whose: "other" as const,
	}));
}

/** A number that is said to be one: 单号…, 运单…, 订单号是…, order no. … */
const LABELLED =
	/(?:[运订工快货]单|单|件)(?:编)?号?码?(?:是|为|叫)?[\s：:]{0,2}([A-Za-z]{0,6}[\s-]?\d[\dA-Za-z-]{4,29})(?![\dA-Za-z])|\b(?:order|waybill|tracking|job|booking)(?:\s+(?:number|no\.?|id|code))?(?:\s+is)?[\s:#]{1,3}([A-Za-z]{0,6}-?\d[\dA-Za-z-]{4,29})(?![\dA-Za-z])/gi;
/** A number that looks like one by itself: letters and many digits, or twelve to fifteen digits. */
const BARE = /(?<![\dA-Za-z])(?:[A-Za-z]{1,6}\d{8,20}(?:[A-Za-z]{2})?|\d{12,15})(?![\dA-Za-z])/g;

function ordersIn(text: string): Picked[] {
	const labelled = matchesOf(text, LABELLED).map(({ found, from, groups }) => {
		const value = groups[0] || groups[1] || "";
		return { from: from + found.length - value.length, value };
	});
	const bare = matchesOf(text, BARE).map(({ found, from }) => ({ from, value: found }));
	const orders: Picked[] = [];
	for (const { from, value } of [...labelled, ...bare]) {
		const one: Picked = {
			kind: "order",
			value: value.replaceAll(/\s/g, "").toUpperCase(),
			from,
			to: from + value.length,
		};
		if (!orders.some((other) => overlaps(one, other))) orders.push(one);
	}
	return orders.sort((a, b) => a.from - b.from);
}

/** Identity cards and bank cards: of no use here, and nobody's business. */
function privateNumbers(text: string): { from: number; to: number }[] {
	const cards = /(?<!\d)(?:\d{17}[\dXx]|[3-69](?:[\s-]?\d){15,18})(?!\d)/g;
	return matchesOf(text, cards).map(({ found, from }) => ({ from, to: from + found.length }));
}
