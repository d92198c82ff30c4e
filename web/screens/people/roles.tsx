import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { STEPS } from "#engine/steps/names.ts";
import { problemIn } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { commandsQuery } from "../../queries.ts";
import { useNames } from "./names.ts";
import { rolesQuery } from "./queries.ts";

/** What each role may do, from the commands themselves: acts down, roles across. Only to be read. */
export function Roles() {
	const { t, say, role: roleName } = useNames();
	const roles = useQuery(rolesQuery);
	const commands = useQuery(commandsQuery);
	const [looked, setLooked] = useState("");
	if (roles.isPending || commands.isPending) return <Waiting rows={6} />;
	if (roles.isError || commands.isError)
		return <Failure problem={problemIn(roles.error ?? commands.error)} again={() => roles.refetch()} />;
	// what only the system itself does is nobody's
	const all = [...commands.data.values()].filter(({ by }) => by.some((one) => one !== "system"));
	const sought = looked.trim().toLowerCase();
	const found = all.filter((one) => say.of("commands", one.type).toLowerCase().includes(sought));
	const steps = STEPS.filter((step) => found.some((one) => one.step === step));
	return (
		<>
			<div className="people-filters">
				<Input
					type="search"
					allowClear
					prefix={<Icon name="search" size={16} />}
					aria-label={t("roles-search")}
					placeholder={t("roles-search")}
					value={looked}
					onChange={({ target }) => setLooked(target.value)}
				/>
				<p className="quiet">{t("roles-note")}</p>
			</div>
			{found.length === 0 && <Empty text={t("roles-empty")} icon="search" />}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
			<section className="people-scroll roles-scroll" aria-label={t("tab-roles")} tabIndex={0}>
				<table className="roles-table">
					<thead>
						<tr>
							<td />
							{roles.data.map(({ role, capabilities }) => (
								<th
									scope="col"
									key={role}
									title={capabilities.map((one) => say.of("capabilities", one)).join(t("comma"))}
								>
									{roleName(role)}
								</th>
							))}
						</tr>
					</thead>
					{steps.map((step) => (
						<tbody key={step}>
							<tr className="roles-step">
								<th colSpan={roles.data.length + 1} scope="rowgroup">
									{say.of("steps", step)}
								</th>
							</tr>
							{found
								.filter((one) => one.step === step)
								.map(({ type, by }) => (
									<tr key={type}>
										<th scope="row">{say.of("commands", type)}</th>
										{roles.data.map(({ role, capabilities }) => {
											const may = capabilities.some((one) => by.includes(one));
											return (
												<td key={role}>
													{may ? (
														<>
															<Icon name="check" size={16} />
															<span className="unseen">{t("may-yes")}</span>
														</>
													) : (
														<span className="unseen">{t("may-no")}</span>
													)}
												</td>
											);
										})}
									</tr>
								))}
						</tbody>
					))}
				</table>
			</section>
		</>
	);
}
