import type { Player } from "../player.ts";

const photo = (name: string) => ({
	sha256: name
		.padEnd(64, "0")
		.slice(0, 64)
		.replaceAll(/[^0-9a-f]/g, "0"),
	bytes: 0,
	mime: "image/jpeg",
});

/** H: a refused ride, and a passenger who complains again and again without ground: blocked, warned, and heard. */
export async function refusedRide(player: Player): Promise<void> {
	await player.file({
		channel: "page",
		verbatim: "司机又拒载我，看到是我就不来，必须封号。",
		wished: "封号并赔偿",
		claimed: { amount: 50000, currency: "CNY" },
		repeat: 6,
		parties: [
			{ seat: "passenger", person: "customer-1", name: "窦某", phone: "19900009004" },
			{ seat: "driver", person: "cabbie" },
		],
		allegations: [{ category: "refused", accused: [1] }],
		orders: [
			{ number: "WC2026100066", facts: { fee: 2300, cancelFee: 0, rented: true, viaAggregator: false } },
		],
	});
	await player.act("agent2", 3, "GradeCase");
	await player.act("handler2", 15, "ClaimCase");
	await player.act("handler2", 5, "RecordContact", {
		party: "p1",
		through: "call",
		outcome: "reached",
		words: "询问经过与期望，说明核实步骤。",
	});
	await player.act("handler2", 5, "AskQuestion", {
		party: "p2",
		about: "explanation",
		words: "请说明该单未完成的原因。",
	});
	await player.act("cabbie", 120, "AddEvidence", {
		kind: "audio",
		title: "行程录音与通话记录",
		file: photo("cab"),
	});
	await player.act("cabbie", 5, "Explain", {
		words: "到达后等候十二分钟，乘客要求超员上车，我当面说明后其自行取消。",
		evidence: ["e1"],
	});
	await player.establish("handler2", {});
	await player.try("handler2", 5, "ConfirmFacts");
	await player.find("handler2", "录音与轨迹证实司机到点等候，乘客要求超员，属正当拒绝。", "no");
	await player.try("handler2", 5, "NotifyFinding", { findings: player.case.findings.map((one) => one.id) });
	await player.try("cabbie", 30, "BlockParty", {
		party: "p1",
		reason: "多次不实投诉并要求超员。",
		evidence: ["e1"],
	});
	await player.try("handler2", 30, "TakeFinalPosition", {
		nothingOwed: true,
		reasons: "经核实不属拒载，依据录音与轨迹。",
		referTo: Object.keys(player.pack.data.proceedings.bodies).slice(0, 1),
	});
	await player.rest();
}
