import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ProblemError, problemIn } from "./api.ts";
import { sayUnreached } from "./parts/unreached.ts";
import { sessionQuery } from "./queries.ts";
import "./styles/forms.css";
import "./styles/ground.css";
import "./styles/head.css";
import "./styles/keys.css";
import "./styles/lists.css";
import { makeRouter } from "./router.tsx";
import { Shaded } from "./shade.tsx";
import { startWords } from "./words.ts";

/** The desk: where staff work. */

/** A session that has run out shows the door; behind it the same room waits. */
const queries: QueryClient = new QueryClient({
	queryCache: new QueryCache({
		onError: (error) => {
			if (problemIn(error).status === 401) queries.setQueryData(sessionQuery.queryKey, null);
		},
	}),
	defaultOptions: {
		queries: {
			// what the server has said no to is not asked again
			retry: (times, error) => !(error instanceof ProblemError && error.problem.status > 0) && times < 2,
			refetchOnWindowFocus: true,
		},
	},
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
startWords().then(
	() =>
		createRoot(root).render(
			<StrictMode>
				<QueryClientProvider client={queries}>
					<Shaded>
						<RouterProvider router={makeRouter()} />
					</Shaded>
				</QueryClientProvider>
			</StrictMode>,
		),
	() => sayUnreached(root),
);
