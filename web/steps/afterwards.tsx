import type { PanelProps } from "../screens/case/subjects.tsx";
import { Appeals } from "./appeal.tsx";
import { FollowUps } from "./follow-up.tsx";
import { Improvement } from "./improvement.tsx";
import { Proceedings } from "./proceedings.tsx";
import { Reputation } from "./reputation.tsx";

/** 回访, 申诉, 外部投诉, 信誉 and 改进: what follows once a decision has been made. */
export function Afterwards(props: PanelProps) {
	// a department sees only what it is charged with
	if (props.answer.viewer === "department") return <Improvement {...props} />;
	return (
		<>
			<FollowUps {...props} />
			<Appeals {...props} />
			<Proceedings {...props} />
			<Reputation {...props} />
			<Improvement {...props} />
		</>
	);
}
