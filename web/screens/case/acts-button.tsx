import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import type { CaseAnswer } from "../../api.ts";
import { useKey } from "../../keys.ts";
import type { Names } from "../../labels.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import type { Open } from "../case.tsx";
import { content } from "./words.yaml";

const Actions = lazy(async () => ({ default: (await import("./actions.tsx")).Actions }));

/** Opens the list of everything one may do with the case. Key `a`. */
export function ActsButton(props: { names: Names; answer: CaseAnswer; open: Open }) {
	const t = useRoomWords(content as RoomWords);
	const [shown, setShown] = useState(false);
	useKey("a", t("acts"), () => setShown(true));
	return (
		<>
			<Button size="small" aria-keyshortcuts="a" onClick={() => setShown(true)}>
				{t("acts")} <kbd>a</kbd>
			</Button>
			<Suspense fallback={null}>{shown && <Actions {...props} onClose={() => setShown(false)} />}</Suspense>
		</>
	);
}
