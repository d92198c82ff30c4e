import { carriedOut } from "../ordinary.ts";
import type { Player } from "../player.ts";

/** The complainant accepts; above the pack's amount with a signed agreement. */
export async function accept(player: Player, minutes: number): Promise<boolean> {
	const offer = player.case.offers.at(-1)?.id ?? "";
	const above = player.pack.data.remedies.signAbove.amount;
	const total = player.case.offers.at(-1)?.total.amount ?? 0;
	if (total <= above)
		return await player.act(player.complainant(), minutes, "AcceptOffer", { offer, through: "page" });
	if (
		!(await player.act(player.complainant(), minutes, "AddEvidence", {
			kind: "document",
			title: "签署的和解协议",
		}))
	)
		return false;
	return await player.act(player.complainant(), 2, "AcceptOffer", {
		offer,
		through: "written",
		signed: player.case.evidence.at(-1)?.id,
	});
}

/** An approval where the offer needs one, by whoever may give it. */
export async function offer(
	player: Player,
	by: string,
	minutes: number,
	fields: Record<string, unknown>,
	amount: number,
): Promise<boolean> {
	const made = await player.try(by, minutes, "MakeOffer", fields);
	if (made === true || made === false) return made;
	if (
		(await player.try(by, 5, "RequestApproval", {
			ceiling: amount,
			grounds: "客户损失已核实，公司先行承担。",
		})) !== true
	)
		return false;
	const approval = player.case.approvals.at(-1)?.id ?? "";
	for (const approver of ["approver", "manager", "legal", "reviewer2"])
		if ((await player.try(approver, 30, "Approve", { approval, words: "同意。" })) === true)
			return await player.act(by, 5, "MakeOffer", fields);
	return false;
}

/** Carried out, confirmed, closed. */
export async function close(player: Player, handler: string): Promise<boolean> {
	if (!(await carriedOut(player, handler))) return false;
	if (
		!(await player.act(player.complainant(), 300, "Confirm", {
			through: "page",
			satisfied: true,
			words: "可以接受。",
		}))
	)
		return false;
	return await player.act(handler, 20, "CloseCase", { outcome: "settled" });
}
