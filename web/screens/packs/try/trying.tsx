import { useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import type { Book } from "../book.ts";
import type { PackSearch, Situation } from "../pack-search.ts";
import { SituationForm } from "./situation-form.tsx";
import { TrialView } from "./trial-view.tsx";
import "./trying.css";

/** Situations against the pack: one, or two side by side. They stand in the address. */
export function Trying({ book, search }: { book: Book; search: PackSearch }) {
	const { t } = book;
	const navigate = useNavigate({ from: "/packs/$name" });
	const { message } = App.useApp();
	const [now] = useState(() => new Date().toISOString());
	const a = search.a ?? { received: now, facts: {}, flags: [] };
	const { b } = search;
	const change = (changed: Pick<PackSearch, "a" | "b">) =>
		navigate({ search: (before: PackSearch) => ({ ...before, a, ...changed }), replace: true });
	const endComparing = () => navigate({ search: ({ b: _, ...before }: PackSearch) => before, replace: true });
	const copy = async () => {
		await navigator.clipboard.writeText(location.href);
		message.success(t("copied"));
	};
	return (
		<div className="trying">
			<div className="trying-head">
				<p className="pack-about">{t("try-note")}</p>
				<Button onClick={copy}>{t("copy")}</Button>
				{b ? (
					<Button onClick={endComparing}>{t("compare-end")}</Button>
				) : (
					<Button onClick={() => change({ b: a })}>{t("compare")}</Button>
				)}
			</div>
			<div className={b ? "trying-both" : "trying-one"}>
				<Side book={book} name={b && t("situation-a")} situation={a} onChange={(one) => change({ a: one })} />
				{b && (
					<Side
						book={book}
						name={t("situation-b")}
						situation={b}
						beside={a}
						onChange={(one) => change({ b: one })}
					/>
				)}
			</div>
		</div>
	);
}

function Side({
	book,
	name,
	situation,
	beside,
	onChange,
}: {
	book: Book;
	name?: string | undefined;
	situation: Situation;
	beside?: Situation;
	onChange: (situation: Situation) => void;
}) {
	const { t } = book;
	const [asked, setAsked] = useState<string[]>([]);
	// a name with a minus before it is taken back
	const ask = (fact: string) =>
		setAsked((before) =>
			fact.startsWith("-") ? before.filter((one) => one !== fact.slice(1)) : [...before, fact],
		);
	return (
		<div className="trying-side">
			<section className="panel">
				<h2>{name ?? t("situation")}</h2>
				<SituationForm book={book} situation={situation} asked={asked} onChange={onChange} onAsk={ask} />
			</section>
			<section className="panel">
				<h2>{t("result")}</h2>
				<TrialView book={book} situation={situation} beside={beside} onNeed={ask} />
			</section>
		</div>
	);
}
