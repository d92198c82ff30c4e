import { z } from "zod";

/**
 * What a person may do, as capabilities. A role is a bundle of them, scoped to organisations and trades;
 * companies make bundles of their own.
 */
export const CAPABILITIES = [
	"intake",
	"settle",
	"triage",
	"handle",
	"answer",
	"approve",
	"duty",
	"review",
	"safety",
	"liaise",
	"pay",
	"legal",
	"quality",
	"manage",
	"administer",
	"reveal",
	"respond",
	"complain",
	"file-by-api",
	"system",
] as const;
export const Capability = z.enum(CAPABILITIES);
export type Capability = z.output<typeof Capability>;

/** The bundles a new company starts with. */
export const ROLES: Record<string, readonly Capability[]> = {
	agent: ["intake", "settle"],
	handler: ["intake", "settle", "triage", "handle", "reveal"],
	officer: ["answer"],
	"duty-manager": ["duty", "triage", "handle", "settle", "intake"],
	approver: ["approve"],
	reviewer: ["review"],
	safety: ["safety", "intake", "triage", "handle", "reveal"],
	"regulator-liaison": ["liaise", "intake", "reveal"],
	finance: ["pay"],
	legal: ["legal"],
	quality: ["quality"],
	manager: ["manage", "triage", "quality"],
	admin: ["administer"],
	worker: ["respond"],
	partner: ["answer"],
};

/** Any one of these sees the cases of its scope; the others see those they have a part in. */
export const STAFF = [
	"intake",
	"triage",
	"handle",
	"approve",
	"duty",
	"review",
	"safety",
	"liaise",
	"pay",
	"legal",
	"quality",
	"manage",
	"file-by-api",
] as const satisfies readonly Capability[];

/** Whoever acts. The complainant's link and the worker's session are actors like any other. */
export interface Actor {
	id: string;
	kind: "person" | "complainant" | "respondent" | "key" | "system";
	company: string;
	capabilities: readonly Capability[];
	/** Organisations whose cases may be seen; "all" for head office. */
	organisations: readonly string[] | "all";
	trades: readonly string[] | "all";
	/** The organisations that the person belongs to: their own line, for conflicts of interest. */
	belongsTo: readonly string[];
	/** For a complainant's link: the one case and the party in it. */
	link?: { case: string; party: string };
}

/** The system itself: time passing, payment results, imports. */
export function systemOf(company: string): Actor {
	return {
		id: "system",
		kind: "system",
		company,
		capabilities: ["system"],
		organisations: "all",
		trades: "all",
		belongsTo: [],
	};
}

export function can(actor: Actor, ...any: readonly Capability[]): boolean {
	return any.some((one) => actor.capabilities.includes(one));
}
