import type { Language } from "./problem.ts";

/** What the product itself says in a case that nobody typed. */

const GROUNDS = {
	zh: "订单记录已经说明情况，无须您举证：按规则给付 {sum}，即时支付。",
	en: "The order's own record shows what happened, and you need prove nothing: by the rules {sum}, paid at once.",
};

const UNTOLD = {
	zh: "由订单页一键申请，依订单记录办理。",
	en: "Asked for with one tap; settled by the order's own record.",
};

const SPOKEN = {
	zh: "语音陈述，录音见证据。",
	en: "Told by voice: the recording is with the evidence.",
};

/** The grounds of an offer that the order's data prove. */
export function fillGrounds(sum: string, language: Language): string {
	return GROUNDS[language].replace("{sum}", sum);
}

/** The words of a complaint that was made with one tap. */
export function untoldWords(language: Language): string {
	return UNTOLD[language];
}

/** The words of a complaint that was only spoken. */
export function spokenWords(language: Language): string {
	return SPOKEN[language];
}
