/// <reference path="./yaml.d.ts" />
import i18next from "i18next";
import { createContext, useContext } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { type Fillings, fill, wordsFor } from "#engine/filling.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import type { Section, Words } from "#engine/words.ts";
import { readStored, store } from "./parts/stored.ts";

/** In which the page is written: zh-CN, zh-TW (made from zh-CN by OpenCC), en. */
export const WRITTEN = ["zh", "tw", "en"] as const;
export type Written = (typeof WRITTEN)[number];
export type Language = "zh" | "en";
const TAG: Record<Written, string> = { zh: "zh-CN", tw: "zh-TW", en: "en" };

/** The words of one room, both languages side by side in its words.yaml; `tw` is made when the pages are built. */
export type RoomWords = Readonly<Record<string, Bilingual & { tw?: string }>>;

/** The product's words in the language of the page, with the trade's own words put in. */
export interface Say {
	/** What decides how sentences are put together; Chinese in either script is zh. */
	language: Language;
	written: Written;
	words: Words;
	/** A text of the pages themselves. */
	ui: (key: string, fillings?: Fillings) => string;
	/** Any other section; the most particular key first, as `wordsFor` has it. */
	of: (section: Section, key: string, fillings?: Fillings) => string;
	/** A text that a pack gives in both languages. */
	bi: (text: Bilingual | undefined) => string;
	/** A text of a room's own words. */
	room: (words: RoomWords, key: string, fillings?: Fillings) => string;
}

/** The own words of the trade that this part of the page is about. */
export const TradeWords = createContext<Partial<Record<string, Bilingual>>>({});

const loaded: Partial<Record<Written, Words>> = {};

/** Each language by itself: nobody waits for words they don't read. */
const WORDING: Record<Written, () => Promise<{ content: unknown }>> = {
	zh: () => import("../packs/common/wording/zh-CN.yaml"),
	tw: () => import("../packs/common/wording/zh-CN.yaml?tw"),
	en: () => import("../packs/common/wording/en.yaml"),
};

/** Sets up the language last used here, or else Chinese; before it has come nothing can be shown. */
export async function startWords(): Promise<void> {
	const stored = readStored("language");
	const written = WRITTEN.find((one) => one === stored) ?? "zh";
	await load(written);
	await i18next
		.use(initReactI18next)
		.init({ lng: written, resources: {}, interpolation: { escapeValue: false } });
	markLanguage(written);
}

/** Changes the language of the whole page; nothing typed is lost. */
export async function changeLanguage(written: Written): Promise<void> {
	await load(written);
	await i18next.changeLanguage(written);
	store("language", written);
	markLanguage(written);
}

/** The language that requests ask to be answered in. */
export function languageNow(): string {
	return TAG[writtenIn(i18next.language)];
}

export function useSay(): Say {
	const { i18n } = useTranslation();
	const own = useContext(TradeWords);
	return sayIn(writtenIn(i18n.language), own);
}

/** A room's own words: `t("title")`. */
export function useRoomWords(words: RoomWords): (key: string, fillings?: Fillings) => string {
	const say = useSay();
	return (key, fillings) => say.room(words, key, fillings);
}

function writtenIn(language: string): Written {
	return WRITTEN.find((one) => one === language) ?? "zh";
}

/** The words of a language, with a trade's own put in. */
function sayIn(written: Written, own: Partial<Record<string, Bilingual>> = {}): Say {
	const words = loaded[written];
	if (!words) throw new Error(`the words in ${written} are not loaded`);
	const language = written === "en" ? "en" : "zh";
	const trade = Object.fromEntries(Object.entries(own).map(([name, text]) => [name, text?.[language] ?? ""]));
	const of = (section: Section, key: string, fillings: Fillings = {}) =>
		fill(wordsFor(words, section, key, trade), fillings);
	return {
		language,
		written,
		words,
		of,
		ui: (key, fillings) => of("ui", key, fillings),
		bi: (text) => text?.[language] ?? "",
		room: (texts, key, fillings = {}) => {
			const text = texts[key];
			if (!text) throw new Error(`the room has no words for "${key}"`);
			return fill(text[written] ?? text[language], { ...words.trade, ...trade, ...fillings });
		},
	};
}

async function load(written: Written): Promise<void> {
	loaded[written] ??= (await WORDING[written]()).content as Words;
}

function markLanguage(written: Written): void {
	document.documentElement.lang = TAG[written];
	document.title = written === "en" ? "Redress" : written === "tw" ? "訴達" : "诉达";
}
