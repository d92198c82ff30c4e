import { changeLanguage, useSay, WRITTEN, type Written } from "../words.ts";

/** Each language is called by its own name. */
const NAME: Record<Written, string> = { zh: "简体中文", tw: "繁體中文", en: "English" };

export function LanguageSwitch() {
	const say = useSay();
	return (
		<select
			className="language"
			aria-label={say.ui("language")}
			value={say.written}
			onChange={(event) => void changeLanguage(event.target.value as Written)}
		>
			{WRITTEN.map((one) => (
				<option key={one} value={one}>
					{NAME[one]}
				</option>
			))}
		</select>
	);
}
