import { Empty } from "../parts/states.tsx";
import { useSay } from "../words.ts";

/** Beside the list while no case is open. */
export function NoCase() {
	const say = useSay();
	return <Empty icon="file" text={say.ui("choose-a-case")} />;
}
