import type { Pack } from "#engine/packs/schema.ts";
import type { Bilingual } from "#engine/packs/words.ts";
import type { FactSheet } from "#engine/rules/facts.ts";

type Category = Pack["categories"]["categories"][number];
/** What is asked for and confirmed in a category is for the office. */
type CategoryShown = Pick<Category, "id" | "group" | "name"> &
	Partial<Pick<Category, "evidence" | "verify" | "causes" | "keywords">>;

/** The parts of a pack that pages speak of. */
interface Shown {
	head: Pick<Pack["head"], "name" | "words" | "seats" | "zone" | "currency">;
	categories: {
		groups: Record<string, Bilingual>;
		categories: CategoryShown[];
	};
	routes: Pick<Pack["routes"], "flags">;
	clocks: { clocks: Pick<Pack["clocks"]["clocks"][number], "name" | "label">[] };
	evidence: Pick<Pack["evidence"], "recipes" | "sources">;
	responsibility: Pick<Pack["responsibility"], "causes">;
	proceedings: { bodies: Record<string, { name: Bilingual }> };
	followUp: Pick<Pack["followUp"], "waivers"> & Partial<Pick<Pack["followUp"], "questions" | "attempts">>;
	appeals: Pick<Pack["appeals"], "grounds">;
	improvement: Pick<Pack["improvement"], "training">;
	contact: Pick<Pack["contact"], "perDay" | "inAll" | "quiet" | "unreachable">;
	guard: Pick<Pack["guard"], "phrases">;
	wording: { [L in "zh" | "en"]: Pick<Pack["wording"][L], "talk" | "letters"> };
}

/** A pack as the pages use it: whole for the office; outside of it some parts are empty. */
export interface PackAnswer {
	name: string;
	version: string;
	data: Shown;
	sheet: FactSheet;
}

/** `GET /api/packs/:name` as it comes. */
export type PackSent = Partial<Omit<Shown, "head">> & {
	name: string;
	version: string;
	title: Bilingual;
	zone: string;
	currency: string;
	head: Partial<Shown["head"]>;
	facts?: FactSheet;
};

/** What was not sent is empty. */
export function packFrom({
	name,
	version,
	title,
	zone,
	currency,
	head,
	facts,
	...sent
}: PackSent): PackAnswer {
	return {
		name,
		version,
		sheet: facts ?? {},
		data: {
			head: { name: title, zone, currency, words: {} as Shown["head"]["words"], seats: {}, ...head },
			categories: sent.categories ?? { groups: {}, categories: [] },
			routes: sent.routes ?? { flags: [] },
			clocks: sent.clocks ?? { clocks: [] },
			evidence: { recipes: {}, sources: {}, ...sent.evidence },
			responsibility: sent.responsibility ?? { causes: {} },
			proceedings: sent.proceedings ?? { bodies: {} },
			followUp: { waivers: {}, ...sent.followUp },
			appeals: sent.appeals ?? { grounds: {} },
			improvement: sent.improvement ?? { training: {} },
			contact: sent.contact ?? {
				perDay: 0,
				inAll: 0,
				quiet: ["00:00", "00:00"],
				unreachable: { attempts: 0, hoursApart: 0 },
			},
			guard: { phrases: [], ...sent.guard },
			wording: sent.wording ?? { zh: { talk: {}, letters: {} }, en: { talk: {}, letters: {} } },
		},
	};
}
