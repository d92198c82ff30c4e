import "../../styles/lists.css";
import "../../styles/case.css";
import "../../styles/records.css";
import "../work/work.css";
import "./handover.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { problemIn } from "../../api.ts";
import { Failure, Waiting } from "../../parts/states.tsx";
import { instantOf, wallOf } from "../../parts/time.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { ZONE } from "../who.ts";
import { useItemNames } from "../work/item-names.ts";
import { type WorkPage, workQuery } from "../work/work-query.ts";
import { HandOver } from "./hand-over.tsx";
import { isReceived } from "./notes.ts";
import { Received } from "./received.tsx";
import { content } from "./words.yaml";

export interface Colleague {
	id: string;
	alias: string;
	open: number;
	shifts: { from: string; to: string }[];
}
interface HandoverPage extends WorkPage {
	colleagues: Colleague[];
}

/** 交接班: what was handed over to me and read, and my open cases with a line each for whoever comes next. */
export function Handover() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const list = useInfiniteQuery(workQuery<HandoverPage>("handover"));
	const pages = list.data?.pages ?? [];
	const namesOf = useItemNames(pages);
	const items = pages.flatMap((page) => page.items);
	const now = pages.at(-1)?.now ?? new Date().toISOString();
	const began = instantOf(`${wallOf(now, ZONE).slice(0, 10)}T00:00`, ZONE) ?? now;
	const received = items.filter((one) => isReceived(one, began));
	return (
		<div className="work">
			<h1 className="work-title">{say.ui("handover-room")}</h1>
			{list.isPending && <Waiting rows={5} />}
			{list.isError && <Failure problem={problemIn(list.error)} again={() => list.refetch()} />}
			{list.data && (
				<div className="handover">
					<Received items={received} namesOf={namesOf} />
					<HandOver items={items} namesOf={namesOf} colleagues={pages[0]?.colleagues ?? []} now={now}>
						{list.hasNextPage && (
							<p className="work-note">
								{t("more")}{" "}
								<Button size="small" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
									{say.ui("more")}
								</Button>
							</p>
						)}
					</HandOver>
				</div>
			)}
		</div>
	);
}
