import "./respondent.css";
import { useQuery } from "@tanstack/react-query";
import { problemIn, type Session } from "../../api.ts";
import { sessionQuery } from "../../queries.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { Screen } from "../parts/screen.tsx";
import { Empty, Failure, Waiting } from "../parts/states.tsx";
import { useRoute } from "../route.ts";
import { CasePages } from "./case/case.tsx";
import { Door, SignOut } from "./door.tsx";
import { Home } from "./home.tsx";
import { useKeeping } from "./keeping.ts";
import { Learn } from "./learn/learn.tsx";
import { Talk } from "./learn/talk.tsx";
import { Training } from "./learn/training.tsx";
import { Confirm } from "./orders/confirm.tsx";
import { Orders } from "./orders/orders.tsx";
import { Score } from "./score.tsx";
import { content } from "./words.yaml";

/** The page of whoever is complained of: a driver, a courier, a rescuer. */
export function Respondent() {
	const [, page = "", token = ""] = useRoute().parts;
	// whoever confirms a delivery is a customer, and has no account
	return page === "confirm" ? <Confirm token={token} /> : <SignedIn />;
}

function SignedIn() {
	const kept = useKeeping();
	const session = useQuery({ ...sessionQuery, enabled: kept });
	if (!kept || session.isPending) return <Waiting rows={5} />;
	if (session.isError)
		return <Failure problem={problemIn(session.error)} again={() => void session.refetch()} />;
	if (!session.data) return <Door />;
	return session.data.kind === "respondent" ? <Pages /> : <Stranger session={session.data} />;
}

function Pages() {
	const { parts } = useRoute();
	const [, page = "", id = "", act = ""] = parts;
	if (page === "case" && id) return <CasePages id={id} act={act} key={id} />;
	if (page === "score") return <Score />;
	if (page === "orders") return <Orders number={decodeURIComponent(id)} act={act} />;
	if (page === "learn") return <Learn />;
	if (page === "practice" && id) return <Talk id={id} />;
	if (page === "training" && id && act) return <Training kase={id} id={act} />;
	return <Home />;
}

/** Somebody of the office has no cases to answer here. */
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
