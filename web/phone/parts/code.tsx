import { useEffect, useState } from "react";
import { useSay } from "../../words.ts";
import { Field } from "./field.tsx";

const DIGITS = 6;
const WAIT_S = 60;

/** The code from the message; the phone offers it by itself. Whole, it goes on by itself. */
export function CodeField({
	value,
	onChange,
	onWhole,
}: {
	value: string;
	onChange: (code: string) => void;
	onWhole: (code: string) => void;
}) {
	const say = useSay();
	return (
		<Field label={say.ui("code")}>
			{(control) => (
				<input
					{...control}
					className="p-code"
					value={value}
					inputMode="numeric"
					autoComplete="one-time-code"
					maxLength={DIGITS}
					onChange={({ target }) => {
						const typed = target.value.normalize("NFKC").replaceAll(/\D/g, "");
						onChange(typed);
						if (typed.length === DIGITS && value.length < DIGITS) onWhole(typed);
					}}
				/>
			)}
		</Field>
	);
}

/** Seconds until another code may be asked for. */
export function useAgain(): { seconds: number; start: () => void } {
	const [until, setUntil] = useState(() => Date.now() + WAIT_S * 1_000);
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 1_000);
		return () => clearInterval(timer);
	}, []);
	return {
		seconds: Math.max(0, Math.ceil((until - now) / 1_000)),
		start: () => setUntil(Date.now() + WAIT_S * 1_000),
	};
}
