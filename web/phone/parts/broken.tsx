import { Component, type ReactNode } from "react";
import { Empty } from "../../parts/empty.tsx";
import { useSay } from "../../words.ts";

interface Page {
	/** Another address is another page: it is tried. */
	path: string;
	children: ReactNode;
}

/** Where a page breaks, it says so and can be opened anew: never an empty screen. What was typed is kept. */
export class Unbroken extends Component<Page, { broken: boolean }> {
	override state = { broken: false };

	static getDerivedStateFromError(): { broken: boolean } {
		return { broken: true };
	}

	override componentDidUpdate({ path }: Page): void {
		if (this.state.broken && path !== this.props.path) this.setState({ broken: false });
	}

	override render(): ReactNode {
		return this.state.broken ? <Broken /> : this.props.children;
	}
}

function Broken() {
	const say = useSay();
	return (
		<div role="alert">
			<Empty icon="warn" text={say.ui("error")}>
				<button type="button" className="p-button" onClick={() => location.reload()}>
					{say.ui("try-again")}
				</button>
			</Empty>
		</div>
	);
}
