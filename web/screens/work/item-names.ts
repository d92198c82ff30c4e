import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { emptyCase } from "#engine/case.ts";
import type { Names } from "../../labels.ts";
import { directoryQuery, packQuery } from "../../queries.ts";
import { useSay } from "../../words.ts";
import { ZONE } from "../who.ts";
import type { WorkItem, WorkPage } from "./work-query.ts";

/** Everything needed to name what the items of a room refer to; packs come in one after the other. */
export function useItemNames(pages: readonly WorkPage[]): (item: WorkItem) => Names {
	const say = useSay();
	const directory = useQuery(directoryQuery).data;
	const wanted = useMemo(() => versionsIn(pages), [pages]);
	const packs = useQueries({ queries: wanted.map(({ name, version }) => packQuery(name, version)) });
	return useMemo(() => {
		const texts = Object.assign({}, ...pages.map((one) => one.texts)) as Record<string, string>;
		const now = pages.at(-1)?.now ?? new Date().toISOString();
		const people = Object.fromEntries(
			Object.entries(directory?.people ?? {}).map(([id, one]) => [id, one.alias]),
		);
		const known = new Map(packs.flatMap(({ data }) => (data ? [[keyOf(data), data] as const] : [])));
		return (item) => {
			const pack = known.get(keyOf(item.case.pack)) ?? null;
			const { id, number } = item.case;
			return {
				...{ say, pack, texts, people, now },
				kase: { ...emptyCase(id, "", number, item.case.pack), ...item.case },
				organisations: directory?.organisations ?? {},
				zone: pack?.data.head.zone ?? ZONE,
			};
		};
	}, [say, directory, packs, pages]);
}

function versionsIn(pages: readonly WorkPage[]): { name: string; version: string }[] {
	const all = pages.flatMap((page) => page.items.map((one) => one.case.pack));
	return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

function keyOf({ name, version }: { name: string; version: string }): string {
	return `${name}@${version}`;
}
