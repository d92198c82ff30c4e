import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { startLive, useCutSince } from "../live.ts";
import { useSay } from "../words.ts";
import { Icon } from "./icon.tsx";

/** Keeps the line to the server open while somebody is signed in, and says so quietly where it is cut. */
export function LiveLine({ person }: { person: string | null }) {
	const say = useSay();
	const queries = useQueryClient();
	// biome-ignore lint/correctness/useExhaustiveDependencies: somebody else hears other things
	useEffect(() => startLive(queries), [queries, person]);
	const since = useCutSince();
	if (since === null) return <div role="status" />;
	const time = new Date(since).toLocaleTimeString(say.language === "zh" ? "zh-CN" : "en-GB", {
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	return (
		<div role="status" className="offline">
			<Icon name="offline" size={16} /> {say.ui("offline-since", { time })}
		</div>
	);
}
