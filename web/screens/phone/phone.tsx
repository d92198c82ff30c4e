import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemIn } from "../../api.ts";
import { useCutSince, useHearingAlways } from "../../live.ts";
import { Failure, Waiting } from "../../parts/states.tsx";
import { useRoomWords } from "../../words.ts";
import { Idle } from "./idle.tsx";
import { InCall } from "./in-call.tsx";
import "./phone.css";
import { type Call, waitingQuery } from "./queries.ts";
import { Ringing } from "./ringing.tsx";
import { words } from "./words.ts";

/** Should the stream not say that it rings. */
const FLOWING_MS = 20_000;
const CUT_MS = 3_000;

/** 电话受理: for an agent with a headset. It opens on what rings, becomes the form of the call, and waits again. */
export function PhoneRoom() {
	const t = useRoomWords(words);
	useHearingAlways();
	const cut = useCutSince() !== null;
	const calls = useQuery({
		...waitingQuery,
		refetchInterval: cut ? CUT_MS : FLOWING_MS,
		refetchIntervalInBackground: true,
	});
	/** A call that is over and was not filed: taken down afterwards. */
	const [late, setLate] = useState<Call | null>(null);
	if (calls.isPending) return <Waiting rows={3} />;
	if (!calls.data) return <Failure problem={problemIn(calls.error)} again={() => calls.refetch()} />;
	const { waiting, current, ring, aheadMs } = calls.data;
	const call = current ?? late;
	return (
		<div className="phone">
			{calls.isError && <Failure problem={problemIn(calls.error)} again={() => calls.refetch()} />}
			{call ? (
				<>
					{waiting.length > 0 && (
						<p className="phone-others" role="status">
							{t("others-waiting", { count: waiting.length })}
						</p>
					)}
					<InCall key={call.id} call={call} onLeave={() => setLate(null)} />
				</>
			) : waiting.length > 0 ? (
				<Ringing waiting={waiting} ring={ring} aheadMs={aheadMs} />
			) : (
				<Idle onLate={setLate} />
			)}
		</div>
	);
}
