import { Waiting } from "../parts/states.tsx";

/** Whoever is complained of, on their phone. */
export function Respondent() {
	return <Waiting />;
}
