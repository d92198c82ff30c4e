import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, problemIn } from "../../api.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { Button } from "../parts/button.tsx";
import { Field } from "../parts/field.tsx";
import { problemText } from "../parts/states.tsx";
import { canRing, type PushKnown, ringHere } from "./push.ts";
import type { Whose } from "./reach.tsx";
import { askWechat, inWechat } from "./wechat.ts";
import type { Wished, Wishes } from "./wished.ts";
import { content } from "./words.yaml";

type Props = Whose & { wishes: Wishes; wished: Wished; onChange: (how: Partial<Wished>) => void };

/** Another address takes the place of the one that is known. */
export function Email({ wished, onChange }: Props) {
	const t = useRoomWords(content as RoomWords);
	const { email = "" } = wished;
	const set = (text: string) => onChange(text.trim() === "" ? { email: undefined } : { email: text.trim() });
	return (
		<Field label={t("email-address")} help={t("email-help")}>
			{(control) => (
				<input
					{...control}
					type="email"
					inputMode="email"
					autoComplete="email"
					maxLength={200}
					value={email}
					onChange={({ target }) => set(target.value)}
				/>
			)}
		</Field>
	);
}

/** Bound by WeChat itself; outside of it there is nobody to ask. */
export function Wechat({ wishes, headers, asMyself }: Props) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const { bound, appId } = wishes.wechat;
	const changing = useMutation({
		mutationFn: () =>
			bound
				? ask("DELETE", "/api/me/wechat", undefined, headers)
				: ask("PUT", "/api/me/wechat", { code: "demo" }, headers),
		onSuccess: () => queries.invalidateQueries({ queryKey: ["wishes"] }),
	});
	const bind = () => (appId === null ? changing.mutate() : askWechat(appId));
	const why = !bound && appId !== null && !inWechat() ? t("wechat-outside") : null;
	return (
		<>
			<Button
				busy={changing.isPending}
				why={why}
				onClick={() => asMyself(() => (bound ? changing.mutate() : bind()))}
			>
				{t(bound ? "wechat-forget" : "wechat-bind")}
			</Button>
			{appId === null && <p className="p-quiet">{t("pretend")}</p>}
			{changing.isError && <p className="p-fault">{problemText(problemIn(changing.error), say)}</p>}
		</>
	);
}

/** Has this browser rung, once its owner lets it. */
export function Push({ headers, scope, asMyself }: Props) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const queries = useQueryClient();
	const known = useQuery({
		queryKey: ["push", scope],
		queryFn: () => ask<PushKnown>("GET", "/api/push", undefined, headers),
	});
	const ringing = useMutation({
		mutationFn: (push: PushKnown) => ringHere(push, scope, headers),
		onSuccess: () =>
			Promise.all([
				queries.invalidateQueries({ queryKey: ["wishes"] }),
				queries.invalidateQueries({ queryKey: ["push"] }),
			]),
	});
	const push = known.data;
	if (!push) return null;
	return (
		<>
			<Button
				busy={ringing.isPending}
				why={canRing(push) ? null : t("push-unable")}
				onClick={() => asMyself(() => ringing.mutate(push))}
			>
				{t("push-here")}
			</Button>
			{push.pretend && <p className="p-quiet">{t("pretend")}</p>}
			{ringing.isSuccess && (
				<p className={ringing.data === "rung" ? "p-good" : "p-fault"} role="status">
					{t(`push-${ringing.data}`)}
				</p>
			)}
			{ringing.isError && <p className="p-fault">{problemText(problemIn(ringing.error), say)}</p>}
		</>
	);
}
