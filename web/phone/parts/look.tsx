import { useState } from "react";
import { Icon } from "../../parts/icon.tsx";
import { store } from "../../parts/stored.ts";
import { paint, type Shade } from "../../theme.ts";
import { changeLanguage, type RoomWords, useRoomWords, useSay, WRITTEN, type Written } from "../../words.ts";
import { tellLanguage } from "../reach/language.ts";
import { content } from "../words.yaml";
import { ChooseOne } from "./choices.tsx";
import { Sheet } from "./sheet.tsx";

/** Each language is called by its own name. */
const NAME: Record<Written, string> = { zh: "简体中文", tw: "繁體中文", en: "English" };
const SHADES: readonly Shade[] = ["light", "dark"];

/** The language of the page and its shade, remembered in this phone; on every screen, since any may be the first. */
export function Look() {
	const t = useRoomWords(content as RoomWords);
	const [open, setOpen] = useState(false);
	return (
		<>
			<button
				type="button"
				className="p-icon p-look"
				aria-label={t("look")}
				title={t("look")}
				onClick={() => setOpen(true)}
			>
				<Icon name="globe" size={22} />
			</button>
			{open && <LookSheet onClose={() => setOpen(false)} />}
		</>
	);
}

function LookSheet({ onClose }: { onClose: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const [shade, setShade] = useState<Shade>(() =>
		document.documentElement.style.colorScheme === "dark" ? "dark" : "light",
	);
	const [unreached, setUnreached] = useState(false);
	const speak = (written: Written) =>
		changeLanguage(written).then(
			() => {
				setUnreached(false);
				tellLanguage(written);
			},
			() => setUnreached(true),
		);
	const darken = (chosen: Shade) => {
		paint(chosen, document.documentElement);
		store("shade", chosen);
		setShade(chosen);
	};
	return (
		<Sheet title={t("look")} onClose={onClose}>
			<h3>{say.ui("language")}</h3>
			<ChooseOne
				name={say.ui("language")}
				chosen={say.written}
				choices={WRITTEN.map((id) => ({ id, text: NAME[id] }))}
				onChoose={(id) => void speak(id as Written)}
			/>
			{unreached && (
				<p className="p-fault" role="alert">
					{t("language-unreached")}
				</p>
			)}
			<h3>{t("shade")}</h3>
			<ChooseOne
				name={t("shade")}
				chosen={shade}
				choices={SHADES.map((id) => ({ id, text: say.ui(`shade-${id}`) }))}
				onChoose={(id) => darken(id as Shade)}
			/>
		</Sheet>
	);
}
