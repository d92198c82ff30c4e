import { z } from "zod";
import { publishedStudies, type StudyRow } from "../store/case-studies.ts";
import { textsFor } from "../store/texts.ts";
import { colleague } from "./administrator.ts";
import type { App, Edge } from "./app.ts";

const Query = z.object({
	/** Words that the study, its number or its category must hold. */
	q: z.string().max(100).default(""),
	trade: z.string().max(60).optional(),
	limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** The library of case studies, for the office to learn from and to quote. */
export function caseStudyRoutes(app: App, edge: Edge): void {
	const { desk } = edge;
	const schema = { summary: "Published case studies", tags: ["improvement"], querystring: Query };
	app.get("/api/case-studies", { schema }, async (request, reply) => {
		const actor = colleague(edge, request, reply);
		if (!actor) return reply;
		const { q, trade, limit } = request.query;
		const [rows = []] = (await desk.database.read([
			publishedStudies(actor.company, trade ?? null),
		])) as StudyRow[][];
		const seen = rows.filter((one) => actor.trades === "all" || actor.trades.includes(one.pack));
		const texts = await textsFor(
			desk,
			actor.company,
			seen.flatMap(({ lesson, text }) => [lesson, text]),
		);
		const studies = seen.map(({ lesson, text, ...row }) => ({
			...row,
			lesson: texts[lesson.ref] ?? "",
			text: texts[text.ref] ?? "",
		}));
		const wanted = q.trim().toLowerCase();
		const found = studies.filter((one) =>
			[one.number, one.lesson, one.text, ...one.categories].some((part) =>
				part.toLowerCase().includes(wanted),
			),
		);
		return { studies: found.slice(0, limit) };
	});
}
