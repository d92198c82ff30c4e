import "./complainant.css";
import { lazy, Suspense } from "react";
import { Waiting } from "../parts/states.tsx";
import { useRoute } from "../route.ts";

const Complain = lazy(async () => ({ default: (await import("./complain/complain.tsx")).Complain }));
const Follow = lazy(async () => ({ default: (await import("./follow/follow.tsx")).Follow }));

/** The page of whoever complains: /complain to begin, /c/TOKEN to follow. */
export function Complainant() {
	const { parts } = useRoute();
	const [room, token = "", page = "", about = ""] = parts;
	return (
		<Suspense fallback={<Waiting />}>
			{room === "c" ? (
				<Follow token={token} page={page} about={about} key={token} />
			) : (
				<Complain page={token} />
			)}
		</Suspense>
	);
}
