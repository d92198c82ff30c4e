import type { TalkTrack } from "#engine/packs/wording.ts";
import type { StepName } from "#engine/steps/names.ts";

/** Ready words for a talk: which of the pack's tracks fit, filled with what is known of the case. No page. */

type BySide = Partial<Record<"complainant" | "respondent" | "department", readonly TalkTrack[] | undefined>>;
export type Talk = Partial<Record<StepName, BySide | undefined>>;

export interface TalkPart {
	/** As it stands in `said`: the track and the line within it. */
	id: string;
	act: string;
	/** What to say, filled. */
	say: string;
	/** Something in it is not known: to be put in by whoever speaks. */
	open: boolean;
}

export interface TalkChoice {
	id: string;
	title: string;
	/** Made for what this case is about. */
	fits: boolean;
	parts: TalkPart[];
}

/** What the case is about: its categories and the groups they are in. */
export interface About {
	categories: readonly string[];
	groups: readonly string[];
}

/**
 * The tracks for a step and a side, those made for this case first, then those for any, then the others.
 * @param blanks what fills `{{name}}`
 */
export function talkFor(
	talk: Talk,
	step: StepName,
	side: keyof BySide,
	about: About,
	blanks: Readonly<Record<string, string>>,
): TalkChoice[] {
	const tracks = talk[step]?.[side] ?? [];
	const known = new Set([...about.categories, ...about.groups]);
	const rank = (track: TalkTrack) =>
		track.for.some((one) => known.has(one)) ? 0 : track.for.length === 0 ? 1 : 2;
	return tracks
		.map((track) => ({ track, rank: rank(track) }))
		.sort((a, b) => a.rank - b.rank)
		.map(({ track, rank: at }) => ({
			id: track.id,
			title: track.title,
			fits: at < 2,
			parts: track.lines.map((line, n) => ({
				id: `${track.id}.${n + 1}`,
				act: line.act,
				...filledWith(line.say, blanks),
			})),
		}));
}

const PLACEHOLDER = /\{\{([a-z]+)\}\}/g;

/** Ready words with their blanks filled; what is not known stays open as "…". */
export function filledWith(
	wording: string,
	blanks: Readonly<Record<string, string>>,
): { say: string; open: boolean } {
	let open = false;
	const say = wording.replaceAll(PLACEHOLDER, (_, name: string) => {
		const text = blanks[name];
		if (!text) open = true;
		return text || "…";
	});
	// what was put in may bring a full stop of its own
	return { say: say.replaceAll(/[。！？]+(?=\s*[，。、；！？,;.])|[.!?]+(?=[，。、；！？,;])/g, ""), open };
}

/** What the ticked lines were for: 开场, 复述 … */
export function said(ids: readonly string[], tracks: BySide): string[] {
	const acts = new Map<string, string>(
		Object.values(tracks).flatMap((all) =>
			(all ?? []).flatMap((track) =>
				track.lines.map((line, n) => [`${track.id}.${n + 1}`, line.act] as const),
			),
		),
	);
	return ids.flatMap((id) => acts.get(id) ?? []);
}
