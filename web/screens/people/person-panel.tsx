import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Drawer, Form, Input, Modal, Popconfirm, Select } from "antd";
import { useState } from "react";
import { useWho } from "../who.ts";
import { useAct } from "./act.ts";
import type { Names } from "./names.ts";
import { Once } from "./once.tsx";
import { newPassword } from "./password.ts";
import { endingQuery, type Person } from "./queries.ts";
import { RoleEditor } from "./role-editor.tsx";

interface Shown {
	names: Names;
	person: Person;
}

/** One person at the side: what they are called, their roles, their account, and their leaving. */
export function PersonPanel({ names, person, onClose }: Shown & { onClose: () => void }) {
	return (
		<Drawer open size={560} title={person.alias} onClose={onClose}>
			<Particulars names={names} person={person} />
			<RolesOf names={names} person={person} />
			<Account names={names} person={person} />
			<Leaving names={names} person={person} onDone={onClose} />
		</Drawer>
	);
}

const pathOf = ({ id }: Person, more = "") => `/api/people/${encodeURIComponent(id)}${more}`;

function Fault({ text }: { text: string | null }) {
	return (
		text && (
			<p className="fault" role="alert">
				{text}
			</p>
		)
	);
}

function Particulars({ names: { t, say, choices }, person }: Shown) {
	const { act, busy, fault } = useAct("people", "directory");
	const save = (fields: { alias: string; organisation?: string; language: string }) =>
		act({
			method: "PATCH",
			path: pathOf(person),
			body: { ...fields, organisation: fields.organisation ?? null },
			done: t("saved"),
		});
	return (
		<section className="person-part">
			<h2>{t("particulars")}</h2>
			<Form
				layout="vertical"
				onFinish={save}
				initialValues={{ ...person, organisation: person.organisation ?? undefined }}
			>
				<div className="people-two">
					<Form.Item
						name="alias"
						label={t("alias")}
						rules={[{ required: true, message: t("alias-missing") }]}
					>
						<Input maxLength={100} />
					</Form.Item>
					<Form.Item name="organisation" label={t("organisation")}>
						<Select allowClear showSearch={{ optionFilterProp: "label" }} options={choices.organisations} />
					</Form.Item>
					<Form.Item name="language" label={say.ui("language")} required>
						<Select
							options={[
								{ value: "zh", label: "中文" },
								{ value: "en", label: "English" },
							]}
						/>
					</Form.Item>
				</div>
				<p className="quiet gap-after">
					{[t(`kind-${person.kind}`), person.name, person.phone, person.id].filter(Boolean).join(" · ")}
				</p>
				<Fault text={fault} />
				<Button htmlType="submit" loading={busy}>
					{say.ui("save")}
				</Button>
			</Form>
		</section>
	);
}

function RolesOf({ names, person }: Shown) {
	const { t, say } = names;
	const [roles, setRoles] = useState(person.roles);
	const { act, busy, fault } = useAct("people", "directory");
	const changed = JSON.stringify(roles) !== JSON.stringify(person.roles);
	return (
		<section className="person-part">
			<h2>{t("roles")}</h2>
			<RoleEditor names={names} roles={roles} onChange={setRoles} />
			<Fault text={fault} />
			<Button
				disabled={!changed}
				title={changed ? undefined : t("roles-unchanged")}
				loading={busy}
				onClick={() =>
					act({ method: "PUT", path: pathOf(person, "/roles"), body: { roles }, done: t("saved") })
				}
			>
				{say.ui("save")}
			</Button>
		</section>
	);
}

function Account({ names: { t, say, time }, person }: Shown) {
	const [login, setLogin] = useState("");
	const [secret, setSecret] = useState<string | null>(null);
	const { act, busy, fault } = useAct("people");
	const give = () => {
		const password = newPassword();
		const making = person.login === null;
		act({
			method: making ? "POST" : "PUT",
			path: pathOf(person, making ? "/account" : "/password"),
			body: making ? { login: login.trim(), password } : { password },
			after: () => setSecret(password),
		});
	};
	return (
		<section className="person-part">
			<h2>{t("account")}</h2>
			{person.login === null ? (
				<div className="person-account">
					<Input
						aria-label={t("login")}
						placeholder={t("login")}
						autoComplete="off"
						value={login}
						onChange={({ target }) => setLogin(target.value)}
					/>
					<Button
						loading={busy}
						disabled={login.trim() === ""}
						title={login.trim() === "" ? t("login-missing") : undefined}
						onClick={give}
					>
						{t("make-account")}
					</Button>
				</div>
			) : (
				<div className="person-account">
					<p>
						{person.login}
						<span className="quiet">
							{" "}
							·{" "}
							{person.signedInAt
								? t("signed-in-at", { time: time(person.signedInAt) })
								: t("never-signed-in")}
						</span>
					</p>
					<Popconfirm
						title={t("reset-title", { name: person.alias })}
						description={t("reset-help")}
						okText={t("reset-password")}
						cancelText={say.ui("cancel")}
						onConfirm={give}
					>
						<Button loading={busy}>{t("reset-password")}</Button>
					</Popconfirm>
				</div>
			)}
			<Fault text={fault} />
			{secret && (
				<Once
					title={t("new-password-of", { name: person.alias })}
					secret={secret}
					onClose={() => setSecret(null)}
				/>
			)}
		</section>
	);
}

function Leaving({ names: { t, say }, person, onDone }: Shown & { onDone: () => void }) {
	const who = useWho();
	const [asking, setAsking] = useState(false);
	const { act, busy, fault } = useAct("people", "directory", "keys");
	const own = who.person === person.id;
	if (!person.active)
		return (
			<section className="person-part">
				<h2>{t("left")}</h2>
				<p className="gap-after">{t("return-help")}</p>
				<Fault text={fault} />
				<Button
					loading={busy}
					onClick={() =>
						act({ method: "POST", path: pathOf(person, "/reactivate"), done: t("returned"), after: onDone })
					}
				>
					{t("reactivate")}
				</Button>
			</section>
		);
	return (
		<section className="person-part">
			<h2>{t("leaving")}</h2>
			<p className="gap-after">{own ? t("leaving-own") : t("leaving-help")}</p>
			<Button disabled={own} title={own ? t("leaving-own") : undefined} onClick={() => setAsking(true)}>
				{t("deactivate")}
			</Button>
			<Modal
				open={asking}
				title={t("deactivate-title", { name: person.alias })}
				okText={t("deactivate")}
				cancelText={say.ui("cancel")}
				confirmLoading={busy}
				onCancel={() => setAsking(false)}
				onOk={() =>
					act({ method: "POST", path: pathOf(person, "/deactivate"), done: t("deactivated"), after: onDone })
				}
			>
				{asking && <WhatEnds t={t} person={person} />}
				<Fault text={fault} />
			</Modal>
		</section>
	);
}

/** Said before somebody is made to leave. */
function WhatEnds({ t, person }: { t: Names["t"]; person: Person }) {
	const ending = useQuery(endingQuery(person.id)).data;
	if (!ending) return <p className="quiet">{t("reckoning")}</p>;
	const { cases, sessions, keys, teams } = ending;
	return (
		<ul className="what-ends">
			<li className={cases > 0 ? "fault" : undefined}>
				{t(cases > 0 ? "ends-cases" : "ends-no-cases", { count: cases })}
				{cases > 0 && (
					<>
						{" "}
						<Link to="/" search={{ view: "everyone", also: `closed=false&owner=${person.id}` } as object}>
							{t("ends-show")}
						</Link>
					</>
				)}
			</li>
			{sessions > 0 && <li>{t("ends-sessions", { count: sessions })}</li>}
			{keys > 0 && <li>{t("ends-keys", { count: keys })}</li>}
			{teams.length > 0 && <li>{t("ends-teams", { teams: teams.join(t("comma")) })}</li>}
			<li>{t("ends-not")}</li>
		</ul>
	);
}
