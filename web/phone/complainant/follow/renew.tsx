import { useMutation } from "@tanstack/react-query";
import { ask, problemIn } from "../../../api.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { go } from "../../route.ts";
import { content } from "../words.yaml";
import { linkHeaders } from "./case-data.ts";
import { Refused, useFollowed } from "./link.tsx";

/** The link went to somebody it was not for: it opens nothing any more, and this page goes on under a new one. */
export function RenewSheet({ onClose }: { onClose: () => void }) {
	const t = useRoomWords(content as RoomWords);
	const { token } = useFollowed();
	const renewing = useMutation({
		mutationFn: () => ask<{ link: string }>("POST", "/api/me/link/renew", undefined, linkHeaders(token)),
		onSuccess: ({ link }) => go(`${link}/mine`, { replace: true }),
	});
	return (
		<Sheet title={t("renew")} onClose={onClose}>
			<p>{t("renew-what")}</p>
			{renewing.isError && <Refused problem={problemIn(renewing.error)} />}
			<div className="p-row">
				<Button onClick={onClose}>{t("renew-not")}</Button>
				<Button strong busy={renewing.isPending} onClick={() => renewing.mutate()}>
					{t("renew-it")}
				</Button>
			</div>
		</Sheet>
	);
}
