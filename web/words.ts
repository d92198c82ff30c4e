/// <reference path="./yaml.d.ts" />
import i18next from "i18next";
import { createContext, useContext } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Bilingual } from "#engine/packs/words.ts";
import { type Fillings, fill, type Section, type Words, wordsFor } from "#engine/words.ts";
import { content as zh } from "../packs/common/wording/zh-CN.yaml";
import { readStored, store } from "./parts/stored.ts";

export type Language = "zh" | "en";

/** The product's words in the language of the page, with the trade's own words put in. */
export interface Say {
	language: Language;
	words: Words;
	/** A text of the pages themselves. */
	ui: (key: string, fillings?: Fillings) => string;
	/** Any other section; the most particular key first, as `wordsFor` has it. */
	of: (section: Section, key: string, fillings?: Fillings) => string;
	/** A text that a pack gives in both languages. */
	bi: (text: Bilingual | undefined) => string;
}

/** The own words of the trade that this part of the page is about. */
export const TradeWords = createContext<Partial<Record<string, Bilingual>>>({});

const loaded: Partial<Record<Language, Words>> = { zh: zh as Words };

/** Sets up the language last used here, or else Chinese. */
export async function startWords(): Promise<void> {
	const language: Language = readStored("language") === "en" ? "en" : "zh";
	await load(language);
	await i18next
		.use(initReactI18next)
		.init({ lng: language, resources: {}, interpolation: { escapeValue: false } });
	markLanguage(language);
}

/** Changes the language of the whole page; nothing typed is lost. */
export async function changeLanguage(language: Language): Promise<void> {
	await load(language);
	await i18next.changeLanguage(language);
	store("language", language);
	markLanguage(language);
}

/** The language that requests ask to be answered in. */
export function languageNow(): Language {
	return i18next.language === "en" ? "en" : "zh";
}

export function useSay(): Say {
	const { i18n } = useTranslation();
	const own = useContext(TradeWords);
	return sayIn(i18n.language === "en" ? "en" : "zh", own);
}

/** The words of a language, with a trade's own put in. */
function sayIn(language: Language, own: Partial<Record<string, Bilingual>> = {}): Say {
	const words = loaded[language] ?? (zh as Words);
	const trade = Object.fromEntries(Object.entries(own).map(([name, text]) => [name, text?.[language] ?? ""]));
	const of = (section: Section, key: string, fillings: Fillings = {}) =>
		fill(wordsFor(words, section, key, trade), fillings);
	return {
		language,
		words,
		of,
		ui: (key, fillings) => of("ui", key, fillings),
		bi: (text) => text?.[language] ?? "",
	};
}

async function load(language: Language): Promise<void> {
	if (loaded[language]) return;
	const { content } = await import("../packs/common/wording/en.yaml");
	loaded.en = content as Words;
}

function markLanguage(language: Language): void {
	document.documentElement.lang = language === "en" ? "en" : "zh-CN";
	document.title = language === "en" ? "Redress" : "诉达";
}
