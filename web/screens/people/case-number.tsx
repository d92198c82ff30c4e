import { Link } from "@tanstack/react-router";
import { STAFF } from "#engine/actor.ts";
import { useWho } from "../who.ts";

/** A case by its number; leads there only whom it would let in. */
export function CaseNumber({ id, number }: { id: string; number: string | null }) {
	const { capabilities } = useWho();
	if (!STAFF.some((one) => capabilities.includes(one))) return number ?? id;
	return (
		<Link to="/cases/$id" params={{ id }}>
			{number ?? id}
		</Link>
	);
}
