import { Input } from "antd";
import { useEffect, useRef, useState } from "react";

/** How long after the last letter what was typed is taken. */
const REST_MS = 350;

/** A field whose text is taken once the typing rests, or the field is left. */
export function CalmInput({
	label,
	value,
	onChange,
	problem = () => null,
	prefix,
	rows,
	placeholder,
}: {
	label: string;
	value: string;
	onChange: (value: string) => void;
	/** What is wrong with a text; one that is wrong is not taken. */
	problem?: (typed: string) => string | null;
	prefix?: string;
	/** More than one line. */
	rows?: number;
	placeholder?: string;
}) {
	const [typed, setTyped] = useState(value);
	const taken = useRef(value);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	// what comes from elsewhere (an example, the address) takes the place of what was typed
	useEffect(() => {
		if (value !== taken.current) setTyped(value);
		taken.current = value;
	}, [value]);
	useEffect(() => () => clearTimeout(timer.current), []);
	const fault = problem(typed);
	const take = (text: string) => {
		clearTimeout(timer.current);
		if (text === taken.current || problem(text) !== null) return;
		taken.current = text;
		onChange(text);
	};
	const field = {
		"aria-label": label,
		"aria-invalid": fault !== null,
		value: typed,
		placeholder,
		onBlur: () => take(typed),
		onChange: ({ target }: { target: { value: string } }) => {
			setTyped(target.value);
			clearTimeout(timer.current);
			timer.current = setTimeout(() => take(target.value), REST_MS);
		},
	};
	return (
		<>
			{rows ? (
				<Input.TextArea {...field} autoSize={{ minRows: rows, maxRows: 6 }} />
			) : (
				<Input {...field} prefix={prefix} status={fault ? "error" : ""} />
			)}
			{fault && <p className="fault">{fault}</p>}
		</>
	);
}
