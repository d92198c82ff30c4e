import type { Names } from "./names.ts";
import type { RoleGiven } from "./queries.ts";

/** "Handler (roadside rescue; South branch), Approver" */
export function rolesText(
	{ role, trade, organisation, t }: Pick<Names, "role" | "trade" | "organisation" | "t">,
	roles: readonly RoleGiven[],
): string {
	return roles
		.map((one) => {
			const within = [
				(one.trades ?? []).map(trade).join(t("comma")),
				(one.organisations ?? []).map(organisation).join(t("comma")),
			].filter(Boolean);
			return within.length > 0
				? t("role-within", { role: role(one.role), within: within.join(t("semicolon")) })
				: role(one.role);
		})
		.join(t("comma"));
}
