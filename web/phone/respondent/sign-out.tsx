import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { ask, problemIn } from "../../api.ts";
import { store, storedNames } from "../../parts/stored.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { outbox } from "../outbox.ts";
import { Button } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { problemText } from "../parts/states.tsx";
import { clearFiles, load, shown, subscribe } from "../uploads-shelf.ts";
import { forgetRead } from "./keeping.ts";
import { content } from "./words.yaml";

/** Leaves, and leaves nothing in the phone; what was not sent yet is told before it is lost. */
export function SignOut() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const [asking, setAsking] = useState(false);
	const unsent = useUnsent();
	const leaving = useLeaving();
	return (
		<>
			<Button
				busy={leaving.isPending && !asking}
				onClick={() => (unsent.length > 0 ? setAsking(true) : leaving.mutate())}
			>
				{say.ui("sign-out")}
			</Button>
			{leaving.isError && (
				<p className="p-fault" role="alert">
					{problemText(problemIn(leaving.error), say)}
				</p>
			)}
			{asking && (
				<Sheet title={t("unsent", { count: unsent.length })} onClose={() => setAsking(false)}>
					<ul className="r-unsent">
						{unsent.map(({ id, what }) => (
							<li key={id}>{what}</li>
						))}
					</ul>
					<p className="p-quiet">{t("unsent-why")}</p>
					<div className="p-row">
						<Button busy={leaving.isPending} onClick={() => leaving.mutate()}>
							{t("unsent-leave")}
						</Button>
						<Button strong onClick={() => setAsking(false)}>
							{t("unsent-stay")}
						</Button>
					</div>
				</Sheet>
			)}
		</>
	);
}

/** What would be lost: words and files that the server has not taken. */
function useUnsent(): { id: string; what: string }[] {
	const t = useRoomWords(content as RoomWords);
	const box = outbox();
	const sendings = useSyncExternalStore(box.subscribe, () => box.all);
	const files = useSyncExternalStore(subscribe, shown);
	useEffect(() => void load(), []);
	return [
		...sendings.filter((one) => !one.refused).map(({ id, what }) => ({ id, what })),
		...files
			.filter((one) => one.state !== "done" && one.state !== "refused")
			.map(({ id, title }) => ({ id, what: t("unsent-file", { title }) })),
	];
}

function useLeaving() {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: () => ask("DELETE", "/api/session"),
		onSuccess: async () => {
			await Promise.all([forgetRead(), outbox().clear(), clearFiles()]);
			for (const name of storedNames("m.")) store(name, null);
			queries.clear();
			location.assign("/m");
		},
	});
}
