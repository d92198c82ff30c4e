import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { fill } from "#engine/filling.ts";
import { type CaseAnswer, type Notice, problemIn } from "../../api.ts";
import { useKey } from "../../keys.ts";
import type { PackAnswer } from "../../pack.ts";
import { Icon } from "../../parts/icon.tsx";
import { Failure, Waiting } from "../../parts/states.tsx";
import { caseQuery, noticesQuery } from "../../queries.ts";
import { tracksFor } from "../../steps/intake-script.tsx";
import { useRoomWords, useSay } from "../../words.ts";
import { useWho, ZONE } from "../who.ts";
import type { Outcome } from "./in-call.tsx";
import { type Call, companyQuery } from "./queries.ts";
import { spokenNumber, spokenTime } from "./spoken.ts";
import { words } from "./words.ts";

/** The end of a call: the number, the steps and the date, as they are said; what was sent; and on to the next one. */
export function ReadOut({
	call,
	pack,
	outcome,
	onNext,
	onAnother,
	leaving,
}: {
	call: Call;
	pack: PackAnswer | null;
	outcome: Outcome;
	onNext: () => void;
	/** The same caller complains of something else too. */
	onAnother: () => void;
	leaving: boolean;
}) {
	const t = useRoomWords(words);
	const id = "filed" in outcome ? outcome.filed.case : outcome.urged.id;
	const kase = useQuery(caseQuery(id));
	useKey("n", t("next-call"), onNext, !leaving);
	return (
		<section className="read-out panel">
			<h1>{t("filed" in outcome ? "filed" : "urged")}</h1>
			{kase.isPending && <Waiting rows={2} />}
			{kase.isError && <Failure problem={problemIn(kase.error)} again={() => kase.refetch()} />}
			{kase.data && <Told answer={kase.data} pack={pack} outcome={outcome} />}
			<div className="read-out-acts">
				<Button type="primary" size="large" autoFocus loading={leaving} onClick={onNext}>
					{t(call.endedAt === null ? "next-call" : "done")} <kbd>N</kbd>
				</Button>
				<Button onClick={onAnother}>{t("another")}</Button>
				<Link to="/cases/$id" params={{ id }}>
					{t("open-case")}
				</Link>
			</div>
		</section>
	);
}

function Told({ answer, pack, outcome }: { answer: CaseAnswer; pack: PackAnswer | null; outcome: Outcome }) {
	const say = useSay();
	const t = useRoomWords(words);
	const { number } = answer.case;
	const steps = answer.standings
		.filter(({ standing }) => standing === "open" || standing === "waiting")
		.flatMap(({ step }) => (isSaid(step) ? t(`said-${step}`) : []));
	const due = answerDue(answer);
	const spoken = due && spokenTime(due, ZONE, say.language);
	const filed = "filed" in outcome ? outcome.filed : null;
	return (
		<>
			<dl className="read-out-facts">
				<div>
					<dt>{t("number")}</dt>
					<dd className="read-out-number">{number}</dd>
					<dd className="quiet">{t("spelt", { spoken: spokenNumber(number, say.language) })}</dd>
					{filed?.joinedTo && <dd>{t("joined-to", { number: filed.joinedTo })}</dd>}
					{filed?.notJoined && <dd className="fault">{filed.notJoined}</dd>}
				</div>
				<div>
					<dt>{t("due")}</dt>
					<dd className="read-out-due">{spoken ?? t("due-none")}</dd>
				</div>
				<div className="read-out-next">
					<dt>{t("steps")}</dt>
					<dd>
						<ol className="read-out-steps">
							{steps.map((step) => (
								<li key={step}>{step}</li>
							))}
						</ol>
					</dd>
				</div>
			</dl>
			<Saying number={number} steps={steps} due={spoken} pack={pack} filed={filed !== null} />
			{filed && <Sent id={answer.case.id} answer={answer} />}
		</>
	);
}

/** What the complainant will notice of it; grading, approval and closing are the office's own. */
const SAID = ["contact", "remedy", "execution", "follow-up"];

function isSaid(step: string): boolean {
	return SAID.includes(step);
}

/** The time by which the complainant is answered: the clock that the notice names too. */
function answerDue({ case: { clocks } }: CaseAnswer): string | null {
	const own = clocks.filter((one) => one.kind !== "internal" && !one.stopped);
	return (own.find((one) => one.name === "resolve") ?? own[0])?.due ?? null;
}

function Saying({
	number,
	steps,
	due,
	pack,
	filed,
}: {
	number: string;
	steps: readonly string[];
	due: string | null;
	pack: PackAnswer | null;
	filed: boolean;
}) {
	const say = useSay();
	const t = useRoomWords(words);
	const { name } = useWho();
	const company = useQuery(companyQuery).data;
	const known = { number, steps, due, link: t("by-link"), handler: name, company };
	// the trade's own last words of the call, where it has them
	const lines = pack ? tracksFor(pack, say.language, null).flatMap((one) => one.lines) : [];
	const own = lines.find((one) => one.say.includes("{{number}}"));
	const text = filed ? (own && due ? fill(own.say, known) : t("say-filed", known)) : t("say-urged", known);
	return (
		<blockquote className="read-out-say">
			<p className="quiet">{t("say-this")}</p>
			<p>{text}</p>
		</blockquote>
	);
}

const LOOK_AGAIN_MS = 1_500;
const LOOKS = 8;

/** The text that goes to the complainant; looked for until it is on its way. */
function Sent({ id, answer }: { id: string; answer: CaseAnswer }) {
	const t = useRoomWords(words);
	const own = answer.case.parties.filter((one) => one.side === "complainant").map((one) => `party:${one.id}`);
	const isOurs = (one: Notice) => own.includes(one.recipient);
	const asked = useQuery({
		...noticesQuery(id),
		staleTime: 0,
		refetchInterval: ({ state }) =>
			state.data?.some((one) => isOurs(one) && one.state !== "waiting") || state.dataUpdateCount > LOOKS
				? false
				: LOOK_AGAIN_MS,
	});
	const sent = asked.data?.find(isOurs);
	const reachable = answer.case.parties.some(
		(one) => one.side === "complainant" && (one.phone || one.person),
	);
	return (
		<section className="read-out-notice">
			<h2>
				<Icon name="check" size={16} /> {t("notice")}
				{sent?.pretend && <span className="tag">{t("notice-pretended")}</span>}
			</h2>
			{sent?.text ? (
				<p>{sent.text}</p>
			) : (
				<p className="quiet" role="status">
					{t(reachable ? (sent?.state === "failed" ? "notice-failed" : "notice-waiting") : "notice-none")}
				</p>
			)}
		</section>
	);
}
