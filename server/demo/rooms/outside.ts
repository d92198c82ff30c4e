import type { Player } from "../player.ts";
import type { Story } from "../stories.ts";
import { express, freight, takenUp } from "./taken-up.ts";

/** Four bodies, each with its own number and term; one has been answered and waits for the result. */
function asksOutside(body: RegExp, n: number, number: string, words: string, answered: string | null) {
	return async (player: Player) => {
		await takenUp(
			player,
			"handler2",
			express(n, `${"温汪洪翁"[n % 4]}女士`, "投诉一周没有结果，我只好向外面反映。", "delay"),
		);
		const found = Object.keys(player.pack.data.proceedings.bodies).find((one) => body.test(one)) ?? "";
		await player.act("liaison", 60, "OpenProceeding", { body: found, direction: "inbound", number, words });
		if (answered)
			await player.act("liaison", 400, "ReplyToBody", { proceeding: "g1", words: answered, final: true });
		await player.rest();
	};
}

async function insured(player: Player) {
	await takenUp(
		player,
		"handler3",
		freight(12, "费先生", "冰箱从尾板摔下来，整机报废。", "goods-damaged", {
			claimed: { amount: 520000, currency: "CNY" },
		}),
	);
	const body =
		Object.entries(player.pack.data.proceedings.bodies).find(([, one]) => one.kind === "insurer")?.[0] ?? "";
	await player.act("liaison", 30, "OpenProceeding", {
		body,
		direction: "outbound",
		number: "BA20261120077",
		words: "货运险报案：尾板跌落，整机损毁，照片与装车单已上传。",
	});
	await player.act("liaison", 20, "RecordInsuranceStep", { proceeding: "g1", step: "reported" });
	await player.act("liaison", 300, "RecordInsuranceStep", { proceeding: "g1", step: "surveyed" });
	await player.rest();
}

/** What outside bodies want, and an insurer is told. */
export const OUTSIDE: readonly Story[] = [
	{
		pack: "express",
		daysAgo: 4,
		play: asksOutside(
			/12345/,
			8,
			"SZ12345-26112034",
			"市民来电反映快件滞留，请于五个工作日内核实并答复市民。",
			null,
		),
	},
	{
		pack: "express",
		daysAgo: 12,
		play: asksOutside(/12315/, 9, "44030026110911", "消费者投诉延误与客服态度，请提交处理情况。", null),
	},
	{
		pack: "express",
		daysAgo: 2,
		play: asksOutside(/^media$/, 10, "南山都市报-1121", "记者来函核实快件滞留一事，拟于三日后见报。", null),
	},
	{
		pack: "express",
		daysAgo: 8,
		play: asksOutside(
			/12305/,
			11,
			"12305-2026-109922",
			"用户申诉转办，请十五日内答复。",
			"经核查，快件因分拨停电滞留三日，已于次日送达并致歉，按约补偿运费，用户表示接受。",
		),
	},
	{ pack: "freight-hailing", daysAgo: 3, play: insured },
];
