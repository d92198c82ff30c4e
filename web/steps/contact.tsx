import { useQuery } from "@tanstack/react-query";
import { problemIn } from "../api.ts";
import { type Names, partyName, personName, textOf, timeText } from "../labels.ts";
import { Record, Records } from "../parts/record.tsx";
import { Failure, Waiting } from "../parts/states.tsx";
import { noticesQuery } from "../queries.ts";
import type { PanelProps } from "../screens/case/subjects.tsx";
import { Act } from "./act.tsx";

/** 联系: attempts, messages, and what was sent or would have been. */
export function Contact(props: PanelProps) {
	const { names } = props;
	const { say, kase } = names;
	const sideOf = (party: string) => kase.parties.find((one) => one.id === party)?.side ?? "company";
	return (
		<>
			<Records
				title={say.ui("contacts")}
				empty={kase.contacts.length === 0 ? say.ui("empty-contacts") : null}
				act={<Act {...props} command="RecordContact" />}
			>
				{kase.contacts.map((one) => (
					<Record
						key={one.id}
						internal
						title={`${partyName(names, one.party)} · ${say.of("values", `through.${one.through}`)}`}
						state={say.of("values", `RecordContact.outcome.${one.outcome}`)}
					>
						<By names={names} at={one.at} by={one.by} />
						<p className="entry-words">{textOf(names, one.words)}</p>
					</Record>
				))}
			</Records>
			<Records
				title={say.ui("messages")}
				empty={kase.messages.length === 0 ? say.ui("empty-messages") : null}
				act={<Act {...props} command="SendMessage" />}
			>
				{kase.messages.map((one) => (
					<Record
						key={one.id}
						side={sideOf(one.from)}
						title={`${partyName(names, one.from)} → ${partyName(names, one.to)}`}
					>
						<By names={names} at={one.at} by={one.by} />
						<p className="entry-words">{textOf(names, one.words)}</p>
					</Record>
				))}
			</Records>
			{props.answer.viewer === "staff" && <Notices names={names} />}
		</>
	);
}

export function By({ names, at, by }: { names: Names; at: string; by: string }) {
	return (
		<p className="quiet">
			{names.say.ui("history-by", { name: personName(names, by), time: timeText(names, at) })}
		</p>
	);
}

/** What went out to people, by which way; what was only pretended says so. */
function Notices({ names }: { names: Names }) {
	const { say, kase } = names;
	const notices = useQuery(noticesQuery(kase.id));
	if (notices.isPending) return <Waiting />;
	if (notices.isError) return <Failure problem={problemIn(notices.error)} again={() => notices.refetch()} />;
	return (
		<Records title={say.ui("notices")} empty={notices.data.length === 0 ? say.ui("empty-notices") : null}>
			{notices.data.map((one) => (
				<Record
					key={one.id}
					title={`${say.ui("send-to", { name: recipientName(names, one.recipient), through: say.of("values", `channel.${one.channel}`) })}`}
					state={one.pretend ? say.ui("pretended") : say.of("values", `notice.${one.state}`)}
				>
					<p className="quiet">{timeText(names, one.at)}</p>
					<p className="entry-words">{one.text ?? say.ui("erased")}</p>
				</Record>
			))}
		</Records>
	);
}

/** `party:p1` or `person:…` */
function recipientName(names: Names, recipient: string): string {
	const [kind, ...rest] = recipient.split(":");
	const id = rest.join(":");
	if (kind === "party") return partyName(names, id);
	return kind === "person" ? personName(names, id) : recipient;
}
