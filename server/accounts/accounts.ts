import type { Offices } from "../office.ts";
import type { HolderOfKey } from "./api-keys.ts";
import { type Auth, createAuth } from "./auth.ts";
import type { Ground } from "./ground.ts";

/** Everything that knows who people are: sessions, API keys, links. */
export interface Accounts extends Ground {
	auth: Auth;
	offices: Offices;
	/** Keys that were good a moment ago, by their hash. */
	keysSeen: Map<string, { holder: HolderOfKey; until: number }>;
}

/** Opens the accounts. `later` runs work beside the answer, and reports its failure, unless another is given. */
export function openAccounts(
	given: Omit<Ground, "later"> & Partial<Pick<Ground, "later">> & { offices: Offices },
): Accounts {
	const { offices, ...rest } = given;
	const later: Ground["later"] = (work) => {
		work().catch((error: unknown) => given.report(`Work of the accounts failed: ${String(error)}`));
	};
	const ground: Ground = { later, ...rest };
	return { ...ground, offices, auth: createAuth(ground), keysSeen: new Map() };
}
