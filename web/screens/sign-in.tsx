import "../styles/door.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { ask, type DemoAccount, problemIn } from "../api.ts";
import { Faults } from "../parts/faults.tsx";
import { demoQuery } from "../queries.ts";
import { useSay } from "../words.ts";
import { LanguageSwitch } from "./language-switch.tsx";

/** The door: name and password, or one of the demo's people. */
export function SignIn() {
	const say = useSay();
	const queries = useQueryClient();
	const demo = useQuery(demoQuery);
	const enter = useMutation({
		mutationFn: (who: { login: string; password: string }) => ask("POST", "/api/session", who),
		onSuccess: () => queries.invalidateQueries(),
	});
	return (
		<main className="door">
			<div className="door-head">
				<h1>{say.ui("product")}</h1>
				<LanguageSwitch />
			</div>
			<Form
				layout="vertical"
				requiredMark={false}
				onFinish={(typed: { login: string; password: string }) => enter.mutate(typed)}
			>
				<Form.Item
					name="login"
					label={say.ui("account")}
					rules={[{ required: true, message: say.ui("field-required", { field: say.ui("account") }) }]}
				>
					<Input autoComplete="username" autoCapitalize="none" />
				</Form.Item>
				<Form.Item
					name="password"
					label={say.ui("password")}
					rules={[{ required: true, message: say.ui("field-required", { field: say.ui("password") }) }]}
				>
					<Input.Password autoComplete="current-password" />
				</Form.Item>
				{enter.isError && <Faults problem={problemIn(enter.error)} />}
				<Button type="primary" htmlType="submit" block loading={enter.isPending}>
					{say.ui("sign-in")}
				</Button>
			</Form>
			{demo.data && demo.data.length > 0 && (
				<DemoAccounts accounts={demo.data} busy={enter.isPending} onChoose={(who) => enter.mutate(who)} />
			)}
		</main>
	);
}

function DemoAccounts({
	accounts,
	busy,
	onChoose,
}: {
	accounts: DemoAccount[];
	busy: boolean;
	onChoose: (who: { login: string; password: string }) => void;
}) {
	const say = useSay();
	return (
		<section className="demo" aria-labelledby="demo">
			<h2 id="demo">{say.ui("demo-accounts")}</h2>
			<ul>
				{accounts.map(({ login, alias, role, password }) => (
					<li key={login}>
						<Button block disabled={busy} onClick={() => onChoose({ login, password })}>
							<span>{alias}</span>
							<span className="quiet">{say.of("roles", role)}</span>
						</Button>
					</li>
				))}
			</ul>
		</section>
	);
}
