import { type Act, act, cast, type Step } from "./given.ts";

/**
 * The test kit's story of a parcel: filed, graded, taken up, both sides heard, found, offered, paid, closed, asked
 * again. Each chapter can be played by itself with other fields.
 */

type Fields = Record<string, unknown>;

const PARTIES = [
	{ seat: "recipient", person: "customer-1", name: "李小明", phone: "13800001234" },
	{ seat: "courier", person: "courier-1", organisation: "outlet-7", line: ["outlet-7", "branch-3"] },
];
const ORDER = { number: "YD20260301", facts: { fee: 1200, insured: true, declared: 30_000 } };

/** A parcel at the neighbour's: a short route, ten yuan of goodwill, nothing to approve. */
export function filed(fields: Fields = {}): Act {
	return act(cast.agent, "FileComplaint", {
		channel: "phone",
		verbatim: "包裹送错了，送到别人家去了",
		parties: PARTIES,
		orders: [ORDER],
		allegations: [{ category: "misdelivery", accused: [1] }],
		...fields,
	});
}
/** A broken vase, insured for 300 yuan: a full investigation, three sources. */
export function filedDamage(fields: Fields = {}): Act {
	const allegations = [{ category: "damage", accused: [1] }];
	return filed({ verbatim: "花瓶收到时已经摔坏了", allegations, ...fields });
}
/** Somebody hurt: restricted from the first minute. */
export function filedInjury(fields: Fields = {}): Act {
	const allegations = [{ category: "injury", accused: [1] }];
	return filed({ verbatim: "快递员骑车把我撞伤了", allegations, ...fields });
}

export const graded = act(cast.handler, "GradeCase");
export const claimed = act(cast.handler, "ClaimCase");
export const reached = act(cast.handler, "RecordContact", {
	party: "p1",
	through: "call",
	outcome: "reached",
	words: "听完并复述了经过",
});
/** Filed, graded and taken up by the handler. */
export const takenUp: Step[] = [filed(), graded, claimed];
export const damageTakenUp: Step[] = [filedDamage(), graded, claimed];

export function asked(party = "p2", fields: Fields = {}): Act {
	const words = "请说明当时情况";
	return act(cast.handler, "AskQuestion", { party, about: "explanation", words, ...fields });
}
export const explained = act(cast.courier, "Explain", { words: "门牌看错了，是我没有核对" });
export function verified(fact: string, value: unknown, source: string, confirmed = true): Act {
	return act(cast.handler, "RecordVerification", { fact, value, source, confirmed });
}
export const damageVerified: Step[] = [
	...["complainant", "outlet-record", "courier"].map((source) => verified("stage", "delivery", source)),
	verified("damage-percent", 100, "complainant"),
	verified("loss", 30_000, "complainant"),
	verified("force-majeure", false, "outlet-record"),
	verified("customer-fault", false, "outlet-record"),
];
/** As the express table has it for a parcel at the wrong door; the outlet's fifth falls to the company. */
export function found(fields: Fields = {}): Act {
	return act(cast.handler, "DecideFinding", {
		allegation: "a1",
		upheld: "yes",
		liable: true,
		shares: { p2: 80, company: 20 },
		cause: "careless-check",
		reasons: "双方陈述一致，签收定位不符",
		override: "网点不是本案当事人，其份额由企业承担",
		...fields,
	});
}
export const noticed = act(cast.handler, "NotifyFinding", { findings: ["f1"] });
/** Taken up, the courier heard, found at fault, both told. */
export const faultDone: Step[] = [...takenUp, asked(), explained, found(), noticed];

export const computed = act(cast.handler, "ComputeRemedy", { facts: { lost: false } });
export function offered(fields: Fields = {}): Act {
	return act(cast.handler, "MakeOffer", { computation: "r1", grounds: "依据核实结果与赔付规则", ...fields });
}
export function accepted(offer = "o1", fields: Fields = {}): Act {
	return act(cast.complainant, "AcceptOffer", { offer, through: "page", ...fields });
}
/** Redelivery, voucher and apology: nothing that is paid. */
export const agreedOn: Step[] = [...takenUp, computed, offered(), accepted()];
export function completed(item: string): Act {
	return act(cast.handler, "CompleteItem", { item });
}
export const carriedOut: Step[] = [...agreedOn, ...["x1", "x2", "x3"].map(completed)];
export const content = act(cast.complainant, "Confirm", { through: "page", satisfied: true });
export function closed(fields: Fields = {}): Act {
	return act(cast.handler, "CloseCase", { outcome: "settled", ...fields });
}
/** To the end of the customer's track. */
export const settled: Step[] = [...carriedOut, content, closed()];

/** The broken vase, 300 yuan owed: above what a handler may give alone. */
export const damageComputed: Step[] = [
	...damageTakenUp,
	...damageVerified,
	act(cast.handler, "ComputeRemedy"),
];
export function ceilingAsked(ceiling = 30_000): Act {
	return act(cast.handler, "RequestApproval", { ceiling, grounds: "保价赔付，依据已附" });
}
export function approved(fields: Fields = {}): Act {
	return act(cast.approver, "Approve", { approval: "l1", ...fields });
}
/** An offer of 300 yuan with its ceiling, accepted; item x1 is the compensation, x2 the apology. */
export const damageAgreed: Step[] = [...damageComputed, ceilingAsked(), approved(), offered(), accepted()];
export function started(fields: Fields = {}): Act {
	return act(cast.finance, "StartItem", { item: "x1", method: "wechat", ...fields });
}
export function payment(result: "done" | "failed" | "pending", n = 1): Act {
	const key = `case-1:x1:${n}`;
	return act(cast.system, "RecordPaymentResult", { item: "x1", key, result, receipt: "WX1" });
}

export function imposed(kind: string, fields: Fields = {}): Act {
	return act(cast.quality, "ImposeSanction", {
		party: "p2",
		kind,
		finding: "f1",
		reason: "依据认定与扣分表",
		...fields,
	});
}
export const photo = act(cast.complainant, "AddEvidence", {
	kind: "photo",
	title: "现场照片",
	file: { sha256: "a".repeat(64), bytes: 1000, mime: "image/jpeg" },
});
