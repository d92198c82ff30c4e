import { instantPlus } from "#engine/time/instant.ts";
import { followedUp } from "../asking-again.ts";
import type { Player } from "../player.ts";
import { accept, close, offer } from "./settling.ts";

/** L: a pallet crushed between warehouse and partner carrier; insured or not. */
export function damagedFreight(insured: boolean) {
	return async (player: Player): Promise<void> => {
		await filed(player, insured);
		await heard(player, insured);
		await settled(player, insured);
	};
}

async function filed(player: Player, insured: boolean): Promise<void> {
	await player.file({
		channel: "mail",
		verbatim: insured
			? "已投保的精密模具到货时木箱破损，两件报废，请按声明价值赔付。"
			: "一托盘塑胶件塌箱，三十六件开裂，客户拒收，请赔偿。",
		wished: "赔偿货损",
		claimed: { amount: insured ? 2600000 : 980000, currency: "CNY" },
		parties: [
			{ seat: "contract-customer", name: "龙岗某模具厂", phone: insured ? "19900009005" : "19900009006" },
			{ seat: "carrier", person: "trucker" },
			{ seat: "warehouse", person: "keeper" },
		],
		allegations: [{ category: "damage", accused: [1, 2] }],
		orders: [
			{
				number: insured ? "WL2026100071" : "WL2026100072",
				facts: { fee: 320000, insured, declared: 2600000, clauseLimit: 500000, feePaid: true },
			},
		],
		importance: "important",
	});
}

async function heard(player: Player, insured: boolean): Promise<void> {
	await player.act("agent", 15, "GradeCase");
	await player.act("handler3", 30, "ClaimCase");
	await player.act("handler3", 20, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "确认破损件数与现场，请保留包装。",
	});
	if (insured)
		await player.try("liaison", 30, "OpenProceeding", {
			body:
				Object.entries(player.pack.data.proceedings.bodies).find(([, one]) => one.kind === "insurer")?.[0] ??
				"",
			direction: "outbound",
			number: "AT-2026-1187",
			words: "维修前先行报案，附照片与交接单。",
		});
	await player.act("handler3", 10, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明在途装载与急刹情况，提供行车记录。",
	});
	await player.act("handler3", 2, "AskQuestion", {
		party: "p3",
		about: "explanation",
		words: "请提供出库交接单与码放照片。",
	});
	await player.act("handler3", 2, "OrderInspection", {
		place: "坪山区出口加工区二号仓",
		planned: instantPlus(player.at, { hours: 24 }),
		inspector: "officer",
	});
	await player.act("trucker", 240, "Explain", { words: "途中一次急刹，到站发现上层倾斜。" });
	await player.act("keeper", 120, "Explain", { words: "出库时码放两层，缠绕膜完好，有照片。" });
	await player.act("officer", 1500, "RecordInspection", {
		inspection: "i1",
		words: "现场清点破损件，外箱受压变形，与急刹位移相符。",
	});
}

async function settled(player: Player, insured: boolean): Promise<void> {
	await player.establish("handler3", {
		stage: "partner-leg",
		excuse: "none",
		"insurance-answer": "pending",
		loss: insured ? 2600000 : 900000,
		"clause-notified": false,
		"gross-negligence": false,
	});
	await player.try("handler3", 5, "ConfirmFacts");
	await player.find("handler3", "多方核实：在途急刹致位移为主因，码放未加护角为次因。");
	await player.try("handler3", 5, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
	await player.try("handler3", 30, "Consult", {
		with: ["manager", "officer"],
		impact: "medium",
		view: "客户重要，先赔后追偿承运商。",
	});
	await player.try("handler3", 10, "ComputeRemedy");
	const computation = player.case.computations.at(-1);
	if (computation)
		await offer(
			player,
			"handler3",
			20,
			{ computation: computation.id, grounds: "承运人责任，按核实损失赔付。" },
			computation.total.amount,
		);
	await accept(player, 600);
	await close(player, "handler3");
	await followedUp(player, { satisfied: true, score: 5, advice: "赔付过程清楚，希望承运商加护角。" });
	await player.rest();
}
