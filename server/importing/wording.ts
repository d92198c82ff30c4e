/** Why an import put an allegation under "other", in the case's language. */
export const NO_CATEGORY_FOUND = {
	zh: "导入：原话中没有指向任何类别的词，暂归“其他”，请人工判定。",
	en: "Imported: no word of the text points to a category; put under “other” until a person decides.",
} as const;
