import type { Page } from "playwright-core";
import { DEMO_PASSWORD } from "#server/demo/accounts.ts";

/** Cases of one driver, filed and taken as far as a picture of their phone needs them. */

const LONG =
	"下单时选了搬运上六楼，司机到了以后说电梯坏了，把十二箱东西全放在一楼物业门口就走了，打电话也不接。我一个人搬到晚上九点，箱子还淋了雨。搬运费六十块照收，我要求全部退还并且道歉。".repeat(
		3,
	);

async function asks<T>(page: Page, path: string, body?: object): Promise<T> {
	return (await page.evaluate(
		async ([to, sent]) => {
			const headers = { "content-type": "application/json" };
			const how = sent ? { method: "POST", headers, body: sent } : {};
			return await fetch(to, how).then((answer) => answer.json().catch(() => null));
		},
		[path, body ? JSON.stringify(body) : null] as const,
	)) as T;
}

type Act = readonly [who: string, type: string, fields?: object];

/** What is done in a case before its picture is taken; whoever looks at it is signed in last. */
async function played(page: Page, looker: string, kase: string, acts: readonly Act[]): Promise<void> {
	const enter = (login: string) => asks(page, "/api/session", { login, password: DEMO_PASSWORD });
	for (const [who, type, fields] of acts) {
		await enter(who);
		const did = await asks<{ title?: string; case?: string }>(page, `/api/cases/${kase}/commands`, {
			type,
			...fields,
		});
		if (!did?.case) throw new Error(`${type}: ${did?.title}`);
	}
	await enter(looker);
}

async function filed(page: Page, number: string, verbatim: string): Promise<string> {
	await asks(page, "/api/session", { login: "agent", password: DEMO_PASSWORD });
	const { case: kase } = await asks<{ case: string }>(page, "/api/complaints", {
		...{ pack: "freight-hailing", channel: "page", verbatim, wished: "退搬运费" },
		parties: [
			{ seat: "shipper", person: "customer-2", name: "孟佳", phone: "19900018850" },
			{ seat: "driver", person: "driver2", phone: "19900030014" },
		],
		allegations: [{ category: "not-carried", accused: [1] }],
		orders: [
			{
				number,
				facts: {
					fee: 26_000,
					carryingOrdered: true,
					carryingFee: 6_000,
					requirementShown: true,
					feePaid: true,
				},
			},
		],
	});
	return kase;
}

export const GRADED: readonly Act[] = [
	["agent", "GradeCase"],
	["handler3", "ClaimCase"],
];
export const TALKED: readonly Act[] = [
	...GRADED,
	["driver2", "OpenDirectTalk"],
	["driver2", "RecordContact", { party: "p1", through: "call", outcome: "reached" }],
	[
		"driver2",
		"SendMessage",
		{ to: "p1", words: "您好，我是送货的司机，没搬上楼给您添麻烦了，先跟您说声抱歉。" },
	],
	["driver2", "SendMessage", { to: "company", words: "电梯当天停用，我有告示的照片，怎么交？" }],
	[
		"driver2",
		"OfferAsWorker",
		{ lines: [{ item: "refund", amount: 3_000 }], grounds: "没搬上楼是我没做好，先退您一部分运费。" },
	],
];
export const ASKED: readonly Act[] = [
	...GRADED,
	["driver2", "OpenDirectTalk"],
	["driver2", "RecordContact", { party: "p1", through: "call", outcome: "reached" }],
	["handler3", "CloseDirectTalk", { why: "not-agreed" }],
	[
		"handler3",
		"AskQuestion",
		{ party: "p2", about: "explanation", words: "请说明为何没有搬上楼，并附证据。" },
	],
];
const sure = (fact: string, value: unknown, ...sources: string[]): Act[] =>
	sources.map((source) => ["handler3", "RecordVerification", { fact, value, source }]);
export const LOST: readonly Act[] = [
	...GRADED,
	["driver2", "Explain", { words: "电梯停用，货主当面同意放一楼物业，当时没有留下文字。" }],
	...sure("carrying-done", 0, "complainant", "unloading-photos"),
	...sure("lift-out-of-order", false, "complainant"),
	...sure("customer-agreed", false, "complainant", "chat-record"),
	["handler3", "ConfirmFacts"],
	[
		"handler3",
		"DecideFinding",
		{
			...{ allegation: "a1", upheld: "yes", liable: true, shares: { p2: 100 }, cause: "driver-omission" },
			reasons: "订单含搬运，未完成，且无货主同意变更的记录。",
		},
	],
	["handler3", "NotifyFinding", { findings: ["f1"] }],
	[
		"handler3",
		"ImposeSanction",
		{ party: "p2", kind: "points", finding: "f1", reason: "未按订单提供搬运服务。" },
	],
];
export const APPEALED: readonly Act[] = [
	...LOST,
	[
		"driver2",
		"LodgeAppeal",
		{ findings: ["f1"], grounds: ["facts-wrong"], words: "物业可以证明电梯当天停用，货主同意放一楼。" },
	],
	["manager", "AssignReviewer", { appeal: "z1", person: "reviewer" }],
	["reviewer", "AskForSupplement", { appeal: "z1", words: "请补交物业盖章的证明。" }],
];
export const WON: readonly Act[] = [
	...APPEALED,
	["driver2", "SupplementAppeal", { appeal: "z1", words: "盖章证明已补交。" }],
	[
		"reviewer",
		"DecideAppeal",
		{ appeal: "z1", result: "upheld", reasons: "物业证明属实，原认定依据不足，重新认定。" },
	],
];
export const BLOCKED: readonly Act[] = [
	...GRADED,
	["driver2", "AddEvidence", { kind: "audio", title: "通话录音" }],
	["driver2", "BlockParty", { party: "p1", reason: "多次辱骂，三次要求超载。", evidence: ["e1"] }],
	["driver2", "ProposeImprovement", { target: "dispatch", words: "老小区派单前，请先问清有没有电梯。" }],
	[
		"quality",
		"AssignTraining",
		{ person: "driver2", training: "complaint-call", due: "2027-12-31T10:00:00Z" },
	],
];

const cases = new Map<readonly Act[], Promise<string>>();
/** A page of a case that has come so far. Each is filed once for all pictures of it. */
export const inCase =
	(acts: readonly Act[], act = "", words = LONG) =>
	async (page: Page) => {
		const made =
			cases.get(acts) ??
			(async () => {
				const kase = await filed(page, `HY20261199${String(cases.size + 10)}`, words);
				await played(page, "driver2", kase, acts);
				return kase;
			})();
		cases.set(acts, made);
		const kase = await made;
		await played(page, "driver2", kase, []);
		return `/m/case/${kase}${act && `/${act}`}`;
	};
