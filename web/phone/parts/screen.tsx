import type { ReactNode } from "react";
import { Icon } from "../../parts/icon.tsx";
import { useSay } from "../../words.ts";
import { Look } from "./look.tsx";

/** One screen: its title, what it says, and the one strong act under the thumb. */
export function Screen({
	title,
	back,
	act,
	children,
}: {
	title: string;
	back?: () => void;
	act?: ReactNode;
	children: ReactNode;
}) {
	const say = useSay();
	return (
		<>
			<header className="p-head">
				{back && (
					<button type="button" className="p-icon" aria-label={say.ui("back")} onClick={back}>
						<Icon name="back" size={22} />
					</button>
				)}
				<h1>{title}</h1>
				<Look />
			</header>
			<main className={act ? "p-main p-main-act" : "p-main"}>{children}</main>
			{act && <footer className="p-act">{act}</footer>}
		</>
	);
}
