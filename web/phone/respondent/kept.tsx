import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { outbox } from "../outbox.ts";
import { Button } from "../parts/button.tsx";
import { problemText } from "../parts/states.tsx";
import { content } from "./words.yaml";

/** What waits in this phone for the network, and what the server would not take; and whether there is a network. */
export function Kept({ about }: { about?: string }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const box = outbox();
	const all = useSyncExternalStore(box.subscribe, () => box.all);
	const online = useOnline();
	const own = all.filter((one) => about === undefined || one.about === about);
	const waiting = own.filter((one) => !one.refused);
	const refused = own.filter((one) => one.refused);
	useReadAnew(own.length);
	if (online && own.length === 0) return null;
	return (
		<section className="r-kept" role="status">
			{!online && (
				<p>
					<Icon name="offline" /> {t("offline-reading")}
				</p>
			)}
			{waiting.length > 0 && (
				<p>
					<Icon name="clock" />{" "}
					{t("sends-later", { what: [...new Set(waiting.map((one) => one.what))].join("、") })}
				</p>
			)}
			{refused.map((one) => (
				<div key={one.id} className="r-refused">
					<p className="p-fault">
						{t("not-taken", { what: one.what })} {one.refused && problemText(one.refused, say)}
					</p>
					<Button onClick={() => void box.forget(one.id)}>{t("seen")}</Button>
				</div>
			))}
		</section>
	);
}

/** What went out by itself has changed something: whatever is shown is read anew. */
function useReadAnew(count: number): void {
	const queries = useQueryClient();
	const before = useRef(count);
	useEffect(() => {
		if (count < before.current) void queries.invalidateQueries();
		before.current = count;
	}, [count, queries]);
}

function useOnline(): boolean {
	const [online, setOnline] = useState(() => navigator.onLine);
	useEffect(() => {
		const look = () => setOnline(navigator.onLine);
		addEventListener("online", look);
		addEventListener("offline", look);
		return () => {
			removeEventListener("online", look);
			removeEventListener("offline", look);
		};
	}, []);
	return online;
}
