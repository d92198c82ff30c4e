import { useMutation } from "@tanstack/react-query";
import { ask, problemIn } from "../../../api.ts";
import { moneyText } from "../../../labels.ts";
import { Icon } from "../../../parts/icon.tsx";
import { formatInstant } from "../../../parts/time.ts";
import { type RoomWords, useRoomWords, useSay } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { Screen } from "../../parts/screen.tsx";
import { problemText } from "../../parts/states.tsx";
import { go } from "../../route.ts";
import { Lines } from "../lines.tsx";
import { content } from "../words.yaml";
import type { Filed, OwnOrder, Proven } from "./order-data.ts";
import { firstMissing, type Typed } from "./typed.ts";

/** The order that was found: a case of one's own that is there already, what the order proves by itself, or the first question. */
export function Start({ own, typed }: { own: OwnOrder; typed: Typed }) {
	const t = useRoomWords(content as RoomWords);
	const { running, proven } = own;
	const begun = typed.category !== null;
	const begin = () => go(`/complain/${begun ? (firstMissing(typed) ?? "check") : "kind"}`);
	const open = running && !running.closedAt;
	return (
		<Screen
			title={t("complain")}
			act={
				open ? (
					<FollowButton />
				) : (
					<Button strong={proven.length === 0} onClick={begin}>
						{begun ? t("go-on") : proven.length > 0 ? t("something-else") : t("begin")}
					</Button>
				)
			}
		>
			<OrderCard own={own} />
			{running && <RunningCard own={own} />}
			{!open && proven.map((one) => <ProvenCard key={one.category} own={own} proven={one} />)}
			{!open && proven.length === 0 && <p className="p-quiet">{t("begin-help")}</p>}
			{begun && !open && <p className="p-quiet">{t("draft-kept")}</p>}
		</Screen>
	);
}

function OrderCard({ own: { order, pack, now } }: { own: OwnOrder }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	return (
		<section className="p-card">
			<h2>{t("your-order", { order: say.bi(pack.words.order) || t("order") })}</h2>
			<p className="p-number">{order.number}</p>
			<p className="p-quiet">
				{[
					say.bi(pack.title),
					order.takenAt && formatInstant(order.takenAt, pack.zone, say.language, now),
					order.amount && moneyText(say, order.amount),
				]
					.filter(Boolean)
					.join(" · ")}
			</p>
			<p className="p-quiet">{[order.you.name, order.you.phone].filter(Boolean).join(" · ")}</p>
			<button type="button" className="p-link" onClick={() => go("/complain/other")}>
				{t("another-order")}
			</button>
		</section>
	);
}

function RunningCard({ own: { running, pack, kinds, now } }: { own: OwnOrder }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	if (!running) return null;
	const kind = kinds.find((one) => one.id === running.category);
	const since = running.receivedAt && formatInstant(running.receivedAt, pack.zone, say.language, now);
	return (
		<section className="p-card p-side-complainant">
			<h2>{running.closedAt ? t("ended-case") : t("running-case")}</h2>
			<p className="p-number">{running.number}</p>
			<p className="p-quiet">{[say.bi(kind?.plain), since].filter(Boolean).join(" · ")}</p>
			<p>{running.closedAt ? t("ended-case-help") : t("running-case-help")}</p>
			{running.closedAt && <FollowButton quiet />}
		</section>
	);
}

function FollowButton({ quiet = false }: { quiet?: boolean }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const following = useMutation({
		mutationFn: () => ask<Filed>("POST", "/api/complain/follow"),
		onSuccess: ({ link }) => go(link),
	});
	return (
		<>
			<Button strong={!quiet} busy={following.isPending} onClick={() => following.mutate()}>
				{t("open-case")}
			</Button>
			{following.isError && <p className="p-fault">{problemText(problemIn(following.error), say)}</p>}
		</>
	);
}

/** What the order proves: the sum and its reasons, and one tap. */
function ProvenCard({ own, proven }: { own: OwnOrder; proven: Proven }) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const kind = own.kinds.find((one) => one.id === proven.category);
	const taking = useMutation({
		mutationFn: () => ask<Filed>("POST", "/api/complain/settle", { category: proven.category }),
		onSuccess: (filed) => {
			sessionStorage.setItem("redress.filed", JSON.stringify({ ...filed, zone: own.pack.zone }));
			go(filed.duplicate ? filed.link : "/complain/settled", { replace: true });
		},
	});
	return (
		<section className="p-card p-offer">
			<p className="p-quiet">{t("order-proves")}</p>
			<h2>{say.bi(kind?.plain)}</h2>
			<p className="p-sum">{moneyText(say, proven.total)}</p>
			<Lines lines={proven.lines} sums={proven.sums} />
			<Button strong busy={taking.isPending} onClick={() => taking.mutate()}>
				<Icon name="check" /> {t("take-at-once", { amount: moneyText(say, proven.total) })}
			</Button>
			<p className="p-quiet">{t("take-at-once-help")}</p>
			{taking.isError && (
				<p className="p-fault" role="alert">
					{problemText(problemIn(taking.error), say)}
				</p>
			)}
		</section>
	);
}
