import { PICTURED } from "../evidence-pictures.ts";
import type { Player } from "../player.ts";

/** Two crushed parcels. The second complaint shows the first one's picture: see `addEvidencePictures`. */
const TOLD = {
	honest: {
		name: "林女士",
		phone: "19900017201",
		courier: "courier",
		words: "快递箱子一角被压扁，里面的咖啡机摔坏了，请赔。",
	},
	copied: {
		name: "高先生",
		phone: "19900017202",
		courier: "courier3",
		words: "箱子送来就是压扁的，里面的净水器不能用了，要求全赔。",
	},
} as const;

export function crushedParcel(which: keyof typeof TOLD): (player: Player) => Promise<void> {
	const { name, phone, courier, words } = TOLD[which];
	return async (player) => {
		await player.file({
			...{ channel: "phone", verbatim: words },
			parties: [
				{ seat: "recipient", name, phone },
				{ seat: "courier", person: courier },
			],
			allegations: [{ category: "damage", accused: [1] }],
			claimed: { amount: 89_900, currency: "CNY" },
			orders: [
				{
					number: PICTURED[which],
					facts: { fee: 1_800, insured: true, declared: 100_000, delayDays: 0, serviceArea: "domestic" },
				},
			],
		});
		await player.act("agent", 4, "GradeCase", { flags: [] });
		await player.act("handler", 12, "ClaimCase");
		await player.act("handler", 8, "RecordContact", {
			...{ party: "p1", through: "call", outcome: "reached" },
			words: "已致歉，请客户保留包装和填充物，等照片核实。",
		});
		await player.act("handler", 6, "AskQuestion", {
			...{ party: "p2", about: "explanation" },
			words: "请说明派件时外箱的情况，有派件照片请一并发来。",
		});
		await player.rest();
	};
}
