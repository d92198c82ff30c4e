import "./phone.css";
import "./parts/parts.css";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { ProblemError, problemIn } from "../api.ts";
import { readStored } from "../parts/stored.ts";
import { sayUnreached } from "../parts/unreached.ts";
import { sessionQuery } from "../queries.ts";
import { paint } from "../theme.ts";
import { startWords } from "../words.ts";
import { Unbroken } from "./parts/broken.tsx";
import { Waiting } from "./parts/states.tsx";
import { useRoute } from "./route.ts";

/** The two phones: /c/… and /complain for whoever complains, /m/… for whoever is complained of. */

const complainant = () => import("./complainant/complainant.tsx");
const respondent = () => import("./respondent/respondent.tsx");
const Complainant = lazy(async () => ({ default: (await complainant()).Complainant }));
const Respondent = lazy(async () => ({ default: (await respondent()).Respondent }));
const isRespondents = (path: string) => /^\/m(\/|$)/.test(path);

const queries: QueryClient = new QueryClient({
	queryCache: new QueryCache({
		onError: (error) => {
			if (problemIn(error).status === 401) queries.setQueryData(sessionQuery.queryKey, null);
		},
	}),
	defaultOptions: {
		queries: {
			retry: (times, error) => !(error instanceof ProblemError && error.problem.status > 0) && times < 2,
			networkMode: "offlineFirst",
		},
	},
});

function Pages() {
	const { path } = useRoute();
	return (
		<Unbroken path={path}>
			<Suspense fallback={<Waiting />}>{isRespondents(path) ? <Respondent /> : <Complainant />}</Suspense>
		</Unbroken>
	);
}

const stored = readStored("shade");
const dark = stored ? stored === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
paint(dark ? "dark" : "light", document.documentElement);
const root = document.getElementById("root");
if (!root) throw new Error("phone.html has no element #root");
// on its way with the words, not after them; where it can't be had, the page that wants it says so
(isRespondents(location.pathname) ? respondent : complainant)().catch(() => {});
startWords().then(
	() =>
		createRoot(root).render(
			<StrictMode>
				<QueryClientProvider client={queries}>
					<Pages />
				</QueryClientProvider>
			</StrictMode>,
		),
	() => sayUnreached(root),
);
