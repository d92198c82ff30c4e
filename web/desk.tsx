import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ProblemError } from "./api.ts";
import "./desk.css";
import { makeRouter } from "./router.tsx";
import { Shaded } from "./shade.tsx";
import { startWords } from "./words.ts";

/** The desk: where staff work. */

const queries = new QueryClient({
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
await startWords();
createRoot(root).render(
	<StrictMode>
		<QueryClientProvider client={queries}>
			<Shaded>
				<RouterProvider router={makeRouter()} />
			</Shaded>
		</QueryClientProvider>
	</StrictMode>,
);
