import { Button } from "antd";
import { changeLanguage, useSay } from "../words.ts";

/** To the other language; its name stands in itself. */
export function LanguageSwitch() {
	const say = useSay();
	const other = say.language === "zh" ? "en" : "zh";
	return (
		<Button type="text" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => changeLanguage(other)}>
			{say.ui("other-language")}
		</Button>
	);
}
