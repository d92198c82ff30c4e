import { Button, Form, Input } from "antd";
import { factName, type Names } from "../labels.ts";
import { Icon } from "../parts/icon.tsx";
import { SharesField } from "../steps/responsibility-shares.tsx";
import type { Say } from "../words.ts";
import { choicesFor } from "./choices.ts";
import { Choose, ChooseMany, FactInput, MoneyInput, NumberInput, Pick, YesNo } from "./controls.tsx";
import type { Field } from "./schema.ts";
import { faultOf, type Setting, typedAtFirst } from "./values.ts";

type Path = readonly (string | number)[];

interface FieldProps {
	command: string;
	field: Field;
	names: Names;
	setting: Setting;
	/** Where the field stands among a form's values; its own name last. */
	path: Path;
	/** Where the form knows it: within a list the list's own part is left out. */
	name?: Path;
}

/** A field's name and help, the command's own first. */
export function fieldWords(say: Say, command: string, name: string): { label: string; help: string | null } {
	const key = [`${command}.${name}`, name].find((one) => Object.hasOwn(say.words.fieldHelp, one));
	return { label: say.of("fields", `${command}.${name}`), help: key ? say.of("fieldHelp", key) : null };
}

/** One field of a command's form, with its label, its help and its faults. */
export function CommandField(props: FieldProps) {
	const { command, field, names, setting, path } = props;
	const { say } = names;
	if (field.kind === "given") return null;
	const { label, help } = fieldWords(say, command, field.name);
	if (field.kind === "list") return <RecordsField {...props} label={label} help={help} />;
	if (field.kind === "facts") return <FactsField names={names} path={path} label={label} help={help} />;
	if (field.kind === "shares") return <SharesField names={names} path={path} label={label} help={help} />;
	return (
		<Form.Item
			name={[...(props.name ?? path)]}
			label={label}
			extra={help}
			required={field.required}
			validateTrigger="onBlur"
			rules={[
				{
					validator: async (_, typed: unknown) => {
						const empty =
							typed === undefined ||
							typed === null ||
							typed === "" ||
							(Array.isArray(typed) && typed.length === 0);
						if (field.required && empty) throw new Error(say.ui("field-required", { field: label }));
						const fault = faultOf(field, typed, setting);
						if (fault) throw new Error(say.ui(fault.key, { count: fault.count ?? null }));
					},
				},
			]}
		>
			<FieldControl command={command} field={field} names={names} />
		</Form.Item>
	);
}

/** Form.Item hands value, onChange and id to its child: they are passed on as they come. */
function FieldControl({
	command,
	field,
	names,
	...control
}: {
	command: string;
	field: Field;
	names: Names;
}) {
	const { say } = names;
	const hint = say.ui("choose");
	const word = (value: string) => ({ value, label: say.of("values", `${command}.${field.name}.${value}`) });
	switch (field.kind) {
		case "choice":
			return <Pick {...control} choices={field.values.map(word)} clear={!field.required} hint={hint} />;
		case "yes-no":
			return <YesNo {...control} yes={word("true").label} no={word("false").label} />;
		case "one": {
			const choices = choicesFor(command, field.name, names);
			return choices ? (
				<Choose {...control} choices={choices} clear={!field.required} hint={hint} />
			) : (
				<Input {...control} />
			);
		}
		case "many": {
			const choices =
				field.values.length > 0 ? field.values.map(word) : choicesFor(command, field.name, names);
			return <ChooseMany {...control} choices={choices ?? []} hint={hint} />;
		}
		case "words":
			return (
				<Input.TextArea
					{...control}
					autoSize={{ minRows: (field.length ?? 0) > 2000 ? 4 : 2, maxRows: 14 }}
				/>
			);
		case "instant":
			return <Input {...control} type="datetime-local" className="short" />;
		case "money":
		case "claim":
			return <MoneyInput {...control} />;
		case "number":
			return <NumberInput {...control} />;
		case "value":
			return <ValueOfFact {...control} names={names} />;
		default:
			return <Input {...control} maxLength={field.length ?? undefined} />;
	}
}

/** The value of the fact that was chosen beside it. */
function ValueOfFact({ names, ...control }: { names: Names }) {
	const fact = Form.useWatch("fact") as string | undefined;
	return <FactInput {...control} fact={fact ?? ""} names={names} label={names.say.of("fields", "value")} />;
}

/** Facts that somebody must state, two in a row; all may be left open. */
function FactsField({
	names,
	path,
	label,
	help,
}: {
	names: Names;
	path: Path;
	label: string;
	help: string | null;
}) {
	const asked = Object.entries(names.pack?.sheet ?? {}).filter(([, one]) => one.from === "ask");
	return (
		<fieldset className="record">
			<legend>{label}</legend>
			{help && <p className="quiet">{help}</p>}
			<div className="two">
				{asked.map(([fact]) => (
					<Form.Item key={fact} name={[...path, fact]} label={factName(names, fact)}>
						<FactInput fact={fact} names={names} />
					</Form.Item>
				))}
			</div>
		</fieldset>
	);
}

/** A list of records, each with its own fields. */
function RecordsField({
	command,
	field,
	names,
	setting,
	path,
	label,
	help,
}: FieldProps & { label: string; help: string | null }) {
	const { say } = names;
	return (
		<Form.List name={[...path]}>
			{(records, { add, remove }) => (
				<fieldset className="records">
					<legend>{label}</legend>
					{help && <p className="quiet">{help}</p>}
					{records.map((record, n) => (
						<fieldset className="record" key={record.key}>
							<legend>
								{label} {n + 1}
							</legend>
							{field.fields.map((one) => (
								<CommandField
									key={one.name}
									command={command}
									field={one}
									names={names}
									setting={setting}
									path={[...path, record.name, one.name]}
									name={[record.name, one.name]}
								/>
							))}
							<Button size="small" onClick={() => remove(record.name)} icon={<Icon name="minus" size={14} />}>
								{say.ui("remove")}
							</Button>
						</fieldset>
					))}
					<Button
						data-add={path.join("_")}
						onClick={() => add(typedAtFirst(field.fields, {}, setting))}
						icon={<Icon name="plus" size={14} />}
					>
						{say.ui("add")}
					</Button>
				</fieldset>
			)}
		</Form.List>
	);
}
