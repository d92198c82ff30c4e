import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import type { Refusal } from "#engine/decision.ts";
import { type CommandInfo, problemIn } from "../../api.ts";
import type { Typed } from "../../form/values.ts";
import { useKey } from "../../keys.ts";
import type { Names } from "../../labels.ts";
import { Failure, Waiting } from "../../parts/states.tsx";
import { commandsQuery } from "../../queries.ts";
import { refusalText } from "../../shown.ts";

const CommandForm = lazy(async () => ({
	default: (await import("../../form/command-form.tsx")).CommandForm,
}));

/** One thing that can be done here, in place. */
export interface WorkAct {
	command: string;
	/** A single letter. */
	key: string;
	/** What is known from the place, and not asked. */
	given?: Readonly<Record<string, string | boolean>>;
	known?: Typed;
	/** Fields that are not asked here. */
	without?: readonly string[];
	label?: string;
	/** What it is about is still there afterwards. */
	stays?: boolean;
	/** Instead of the form made from the schema. */
	form?: (done: () => void) => ReactNode;
}

/** What can be done, each by its letter, one form open below; what can't be done says why. */
export function Acts({
	names,
	allowed,
	acts,
	onDone,
	label,
}: {
	names: Names;
	allowed: Readonly<Record<string, true | Refusal>>;
	acts: readonly WorkAct[];
	onDone: () => void;
	/** Of the group, for whoever can't see it. */
	label: string;
}) {
	const { say } = names;
	const queries = useQueryClient();
	const first = acts.find((one) => allowed[one.command] === true) ?? acts[0];
	const [chosen, setChosen] = useState<string | null>(null);
	const open = acts.find((one) => one.key === chosen) ?? first;
	const place = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (chosen) place.current?.querySelector<HTMLElement>("textarea, input, button[type=submit]")?.focus();
	}, [chosen]);
	const no = open && refusalOf(names, open.command, allowed);
	const done = () => {
		setChosen(null);
		if (open?.stays) void queries.invalidateQueries({ queryKey: ["work"] });
		else onDone();
	};
	return (
		<section className="work-acts" ref={place}>
			<div className="work-act-row" role="toolbar" aria-label={label}>
				{acts.map((one) => (
					<ActButton
						key={one.key}
						act={one}
						label={one.label ?? say.of("commands", one.command)}
						open={one === open}
						why={refusalOf(names, one.command, allowed)}
						onOpen={() => setChosen(one.key)}
					/>
				))}
			</div>
			{no && <p className="why-not">{no}</p>}
			{open && !no && (
				<div className="work-form" key={`${names.kase.id}${open.key}`}>
					{open.form ? (
						open.form(done)
					) : (
						<ActForm act={open} names={names} asked={chosen !== null} onDone={done} />
					)}
				</div>
			)}
		</section>
	);
}

function refusalOf(
	names: Names,
	command: string,
	allowed: Readonly<Record<string, true | Refusal>>,
): string | null {
	const answer = allowed[command];
	return answer && answer !== true ? refusalText(names, command, answer) : null;
}

function ActButton({
	act,
	label,
	open,
	why,
	onOpen,
}: {
	act: WorkAct;
	label: string;
	open: boolean;
	why: string | null;
	onOpen: () => void;
}) {
	useKey(act.key, label, onOpen);
	return (
		<button
			type="button"
			className={open ? "work-act work-act-open" : "work-act"}
			aria-pressed={open}
			aria-keyshortcuts={act.key}
			title={why ?? undefined}
			data-barred={why ? true : undefined}
			onClick={onOpen}
		>
			{label} <kbd>{act.key}</kbd>
		</button>
	);
}

/** The command's own form, with what is known here left out of it. */
function ActForm({
	act,
	names,
	asked,
	onDone,
}: {
	act: WorkAct;
	names: Names;
	/** Its key or its button was pressed. */
	asked: boolean;
	onDone: () => void;
}) {
	const commands = useQuery(commandsQuery);
	const queries = useQueryClient();
	if (commands.isPending) return <Waiting rows={1} />;
	if (commands.isError)
		return <Failure problem={problemIn(commands.error)} again={() => commands.refetch()} />;
	const info = commands.data.get(act.command);
	if (!info) return null;
	return (
		<Suspense fallback={<Waiting rows={1} />}>
			<CommandForm
				info={narrowed(info, act)}
				names={names}
				known={{ ...act.given, ...act.known }}
				inRoom
				focus={asked}
				onDone={onDone}
				onReload={() => void queries.invalidateQueries({ queryKey: ["work"] })}
			/>
		</Suspense>
	);
}

/** A field whose value is given is not asked. */
function narrowed(info: CommandInfo, { given = {}, without = [] }: WorkAct): CommandInfo {
	const { properties = {}, required = [] } = info.schema;
	const kept = Object.entries(properties).filter(([name]) => !without.includes(name));
	return {
		...info,
		schema: {
			...info.schema,
			properties: Object.fromEntries(
				kept.map(([name, one]) => {
					const value = given[name];
					return [name, value === undefined ? one : { const: value }];
				}),
			),
			required: required.filter((name) => !(name in given)),
		},
	};
}
