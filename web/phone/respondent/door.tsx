import "./door.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask, type DemoAccount, problemIn } from "../../api.ts";
import { Icon } from "../../parts/icon.tsx";
import { demoQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { Button } from "../parts/button.tsx";
import { CodeField, useAgain } from "../parts/code.tsx";
import { DemoCode } from "../parts/demo-hint.tsx";
import { Field } from "../parts/field.tsx";
import { Screen } from "../parts/screen.tsx";
import { problemText } from "../parts/states.tsx";
import { content } from "./words.yaml";

/** The door: a code to the phone; or name and password. */
export function Door() {
	const [way, setWay] = useState<"phone" | "code" | "password">("phone");
	const [phone, setPhone] = useState("");
	if (way === "code") return <ByCode phone={phone} onBack={() => setWay("phone")} />;
	if (way === "password") return <ByPassword onBack={() => setWay("phone")} />;
	return (
		<AskPhone
			phone={phone}
			onChange={setPhone}
			onSent={() => setWay("code")}
			onPassword={() => setWay("password")}
		/>
	);
}

function AskPhone({
	phone,
	onChange,
	onSent,
	onPassword,
}: {
	phone: string;
	onChange: (phone: string) => void;
	onSent: () => void;
	onPassword: () => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const [fault, setFault] = useState<string | null>(null);
	const demo = useQuery(demoQuery);
	const sending = useMutation({
		mutationFn: () => ask("POST", "/api/auth/phone-code/send", { phone }),
		onSuccess: onSent,
	});
	const send = () => {
		const whole = phone.replaceAll(/\D/g, "").length >= 8;
		setFault(whole ? null : t("give-phone"));
		if (whole) sending.mutate();
	};
	return (
		<Screen
			title={t("mine")}
			act={
				<Button strong busy={sending.isPending} onClick={send}>
					{say.ui("send-code")}
				</Button>
			}
		>
			<h2 className="r-question">{t("sign-in-why")}</h2>
			<Field label={say.ui("phone-number")} help={t("phone-registered")} fault={fault}>
				{(control) => (
					<input
						{...control}
						value={phone}
						type="tel"
						inputMode="tel"
						autoComplete="tel"
						enterKeyHint="send"
						onKeyDown={({ key }) => key === "Enter" && send()}
						onChange={({ target }) => onChange(target.value)}
					/>
				)}
			</Field>
			<Faulty error={sending.error} />
			<button type="button" className="r-row" onClick={onPassword}>
				<span className="r-row-text">{t("by-password")}</span>
				<Icon name="next" />
			</button>
			<DemoPeople accounts={(demo.data ?? []).filter((one) => one.role === "worker")} />
		</Screen>
	);
}

function ByCode({ phone, onBack }: { phone: string; onBack: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const [code, setCode] = useState("");
	const again = useAgain();
	const entering = useMutation({
		mutationFn: (given: string) => ask("POST", "/api/auth/sign-in/phone-number", { phone, code: given }),
		onSuccess: () => queries.invalidateQueries(),
	});
	const resending = useMutation({
		mutationFn: () => ask("POST", "/api/auth/phone-code/send", { phone }),
		onSuccess: again.start,
	});
	return (
		<Screen
			title={t("mine")}
			back={onBack}
			act={
				<Button
					strong
					busy={entering.isPending}
					why={code.length < 6 ? t("six-digits") : null}
					onClick={() => entering.mutate(code)}
				>
					{say.ui("sign-in")}
				</Button>
			}
		>
			<h2 className="r-question">{t("give-code")}</h2>
			<p className="p-quiet">{t("code-if", { phone })}</p>
			<CodeField value={code} onChange={setCode} onWhole={(whole) => entering.mutate(whole)} />
			<DemoCode onCode={setCode} />
			<Faulty error={entering.error ?? resending.error} />
			<Button
				busy={resending.isPending}
				why={again.seconds > 0 ? t("again-in", { seconds: again.seconds }) : null}
				onClick={() => resending.mutate()}
			>
				{t("send-again")}
			</Button>
		</Screen>
	);
}

function ByPassword({ onBack }: { onBack: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const [login, setLogin] = useState("");
	const [password, setPassword] = useState("");
	const entering = useEntering();
	const enter = () => entering.mutate({ login: login.trim(), password });
	const missing = login.trim() === "" || password === "" ? t("both-needed") : null;
	return (
		<Screen
			title={t("mine")}
			back={onBack}
			act={
				<Button strong busy={entering.isPending} why={missing} onClick={enter}>
					{say.ui("sign-in")}
				</Button>
			}
		>
			<Field label={say.ui("account")}>
				{(control) => (
					<input
						{...control}
						value={login}
						autoComplete="username"
						autoCapitalize="none"
						onChange={({ target }) => setLogin(target.value)}
					/>
				)}
			</Field>
			<Field label={say.ui("password")}>
				{(control) => (
					<input
						{...control}
						type="password"
						value={password}
						autoComplete="current-password"
						enterKeyHint="go"
						onKeyDown={({ key }) => key === "Enter" && !missing && enter()}
						onChange={({ target }) => setPassword(target.value)}
					/>
				)}
			</Field>
			<Faulty error={entering.error} />
		</Screen>
	);
}

function useEntering() {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (who: { login: string; password: string }) => ask("POST", "/api/session", who),
		onSuccess: () => queries.invalidateQueries(),
	});
}

/** The demo's drivers, couriers and rescuers, one tap each. */
function DemoPeople({ accounts }: { accounts: DemoAccount[] }) {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const entering = useEntering();
	if (accounts.length === 0) return null;
	return (
		<section className="p-demo">
			<h2>{say.ui("demo-accounts")}</h2>
			<ul className="r-people">
				{accounts.map(({ login, alias, password }) => (
					<li key={login}>
						<button
							type="button"
							className="p-button"
							disabled={entering.isPending}
							onClick={() => entering.mutate({ login, password })}
						>
							{alias}
							<small className="p-quiet">{t(tradeOf(login))}</small>
						</button>
					</li>
				))}
			</ul>
			<Faulty error={entering.error} />
		</section>
	);
}

/** What the demo's logins stand for. */
function tradeOf(login: string): string {
	const kind = login.replaceAll(/\d/g, "");
	return ["courier", "driver", "cabbie", "rescuer", "trucker", "keeper"].includes(kind)
		? `is-${kind}`
		: "is-worker";
}

function Faulty({ error }: { error: Error | null }) {
	const say = useSay();
	if (!error) return null;
	return (
		<p className="p-fault" role="alert">
			{problemText(problemIn(error), say)}
		</p>
	);
}
