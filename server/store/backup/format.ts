import { z } from "zod";
import { AdviceError } from "../database/advice.ts";
import { contentOf, type Entry, type ReadEntry, textEntry } from "./archive.ts";

// A backup is a gzipped tar: first the heading, then the tables as lines of JSON (one array of texts per row, in the
// columns' order, null for NULL), then the evidence files under their sha256, last the ending that vouches for it all.

export const headingName = "redress-backup.json";
export const endingName = "redress-backup-ending.json";

const headingSchema = z.object({
	format: z.literal(1),
	madeAt: z.iso.datetime(),
	/** Names the key the personal data is encrypted with; the key itself is never in a backup. */
	keyFingerprint: z.string(),
	/** With "s3" the files stay in their bucket. */
	evidence: z.enum(["disk", "s3"]),
	migrations: z.array(z.object({ number: z.int(), name: z.string(), sha256: z.string() })),
	tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
	sequences: z.array(z.object({ name: z.string(), value: z.int() })),
});

const endingSchema = z.object({
	/** Of the whole tar before this entry. */
	sha256: z.string(),
	rows: z.record(z.string(), z.int()),
	files: z.int(),
	/** Evidence that was already damaged when the backup was made. */
	damaged: z.array(z.string()),
});

export type Heading = z.infer<typeof headingSchema>;
export type Ending = z.infer<typeof endingSchema>;

export function headingEntry(heading: Heading): Entry {
	return textEntry(headingName, `${JSON.stringify(heading, null, "\t")}\n`);
}

export function endingEntry(ending: Ending): Entry {
	return textEntry(endingName, `${JSON.stringify(ending, null, "\t")}\n`);
}

/** @throws AdviceError when this release can't read the backup. */
export async function parseHeading(entry: ReadEntry): Promise<Heading> {
	return await parse(entry, headingSchema);
}

export async function parseEnding(entry: ReadEntry): Promise<Ending> {
	return await parse(entry, endingSchema);
}

async function parse<T>(entry: ReadEntry, schema: z.ZodType<T>): Promise<T> {
	const result = schema.safeParse(JSON.parse((await contentOf(entry)).toString("utf8")));
	if (result.success) return result.data;
	throw new AdviceError(
		`The backup's ${entry.name} can't be read: it comes from another release, or is damaged (${result.error.message}).`,
	);
}
