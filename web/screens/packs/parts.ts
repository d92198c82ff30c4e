import type { Book } from "./book.ts";
import type { PackPart } from "./pack-search.ts";
import { categorySections, clockSections, evidenceSections, routeSections } from "./parts-of-handling.ts";
import {
	appealSections,
	approvalSections,
	bodySections,
	faultSections,
	followUpSections,
	guardSections,
	improvementSections,
	remedySections,
	reputationSections,
} from "./parts-of-settling.ts";
import { wordingSections } from "./parts-of-wording.ts";
import type { Section } from "./sections.ts";

/** Every part of a pack as sections to read. */
const READ: Record<Exclude<PackPart, "try">, (book: Book) => Section[]> = {
	categories: (book) => [...categorySections(book), ...evidenceSections(book)],
	routes: routeSections,
	clocks: clockSections,
	fault: faultSections,
	remedies: remedySections,
	approvals: approvalSections,
	reputation: reputationSections,
	"follow-up": followUpSections,
	appeals: appealSections,
	bodies: bodySections,
	improvement: improvementSections,
	guard: guardSections,
	wording: wordingSections,
};

export function sectionsOf(book: Book, part: PackPart): Section[] {
	return part === "try" ? [] : READ[part](book);
}

/** The whole pack, for looking something up in it. */
export function allSections(book: Book): Section[] {
	return Object.values(READ).flatMap((read) => read(book));
}
