import { Button, Select } from "antd";
import { Icon } from "../../parts/icon.tsx";
import type { Names } from "./names.ts";
import type { RoleGiven } from "./queries.ts";

/** Roles with the organisations and trades they hold for; nothing chosen there: everywhere. */
export function RoleEditor({
	names: { t, choices, role },
	roles,
	onChange,
}: {
	names: Names;
	roles: readonly RoleGiven[];
	onChange: (roles: RoleGiven[]) => void;
}) {
	const set = (n: number, changed: Partial<RoleGiven>) =>
		onChange(roles.map((one, at) => (at === n ? { ...one, ...changed } : one)));
	const left = choices.roles.filter(({ value }) => !roles.some((one) => one.role === value));
	return (
		<div className="role-editor">
			{roles.length === 0 && <p className="quiet">{t("roles-none")}</p>}
			{roles.map((one, n) => (
				<fieldset key={one.role} className="record role-given">
					<legend>{role(one.role)}</legend>
					<Select
						mode="multiple"
						showSearch={{ optionFilterProp: "label" }}
						aria-label={t("role-organisations")}
						placeholder={t("role-organisations")}
						value={one.organisations ?? []}
						options={choices.organisations}
						onChange={(list: string[]) => set(n, { organisations: list.length > 0 ? list : null })}
					/>
					<Select
						mode="multiple"
						aria-label={t("role-trades")}
						placeholder={t("role-trades")}
						value={one.trades ?? []}
						options={choices.trades}
						onChange={(list: string[]) => set(n, { trades: list.length > 0 ? list : null })}
					/>
					<Button
						type="text"
						icon={<Icon name="minus" size={16} />}
						aria-label={t("role-remove", { role: role(one.role) })}
						title={t("role-remove", { role: role(one.role) })}
						onClick={() => onChange(roles.filter((_, at) => at !== n))}
					/>
				</fieldset>
			))}
			<Select
				className="role-add"
				showSearch={{ optionFilterProp: "label" }}
				aria-label={t("role-add")}
				placeholder={t("role-add")}
				value={null}
				options={left}
				onChange={(given: string) => onChange([...roles, { role: given, organisations: null, trades: null }])}
			/>
		</div>
	);
}
