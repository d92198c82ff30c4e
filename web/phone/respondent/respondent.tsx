import "./respondent.css";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { problemIn, type Session } from "../../api.ts";
import { Empty } from "../../parts/empty.tsx";
import { readSession, sessionQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { askFirst } from "../first.ts";
import { Screen } from "../parts/screen.tsx";
import { Failure, Waiting } from "../parts/states.tsx";
import { go, useRoute } from "../route.ts";
import { CasePages } from "./case/case.tsx";
import { Door } from "./door.tsx";
import { Home } from "./home.tsx";
import { useKeeping } from "./keeping.ts";
import { Confirm, Learn, Orders, Reach, Score, Talk, Training, useLater } from "./later.tsx";
import { SignOut } from "./sign-out.tsx";
import { content } from "./words.yaml";

/** The page of whoever is complained of: a driver, a courier, a rescuer. */
export function Respondent() {
	const [, page = "", token = ""] = useRoute().parts;
	// whoever confirms a delivery is a customer, and has no account
	return (
		<Suspense fallback={<Waiting />}>
			{page === "confirm" ? <Confirm token={token} /> : <SignedIn />}
		</Suspense>
	);
}

/** Whoever is signed in, as it was asked for first; null: nobody. */
async function sessionFirst(): Promise<Session | null> {
	return await askFirst("/api/session", readSession);
}

function SignedIn() {
	const kept = useKeeping();
	const session = useQuery({ ...sessionQuery, queryFn: sessionFirst, enabled: kept });
	if (!kept || session.isPending) return <Waiting rows={5} />;
	// without a network whoever was signed in last still reads what was kept
	if (session.data === undefined)
		return <Failure problem={problemIn(session.error)} again={() => void session.refetch()} />;
	if (!session.data) return <Door />;
	if (session.data.kind === "respondent") return <Pages />;
	return <OfOffice session={session.data} />;
}

function Pages() {
	useLater();
	const { parts } = useRoute();
	const [, page = "", id = "", act = ""] = parts;
	if (page === "case" && id) return <CasePages id={id} act={act} key={id} />;
	if (page === "reach") return <Reach headers={{}} scope="/m" asMyself={(then) => then()} />;
	if (page === "score") return <Score />;
	if (page === "orders") return <Orders number={decodeURIComponent(id)} act={act} />;
	if (page === "learn") return <Learn />;
	if (page === "practice" && id) return <Talk id={id} />;
	if (page === "training" && id && act) return <Training kase={id} id={act} leave={() => go("/m/learn")} />;
	return <Home />;
}

/** Somebody of the office has no cases to answer here; training that was assigned is taken here too. */
function OfOffice({ session }: { session: Session }) {
	const [, page = "", kase = "", id = ""] = useRoute().parts;
	if (page === "training" && kase && id)
		return <Training kase={kase} id={id} leave={() => location.assign(`/cases/${kase}`)} />;
	return <Stranger session={session} />;
}

function Stranger({ session }: { session: Session }) {
	const t = useRoomWords(content as RoomWords);
	return (
		<Screen title={t("mine")}>
			<Empty text={t("stranger", { name: session.name ?? "" })} icon="person">
				<a className="p-button r-link-button" href="/">
					{t("to-desk")}
				</a>
				<SignOut />
			</Empty>
		</Screen>
	);
}
