import type { Instant } from "#engine/time/instant.ts";
import { newId } from "../ids.ts";
import type { Sent, SentBox } from "../ports/notifier.ts";
import type { Database, Statement } from "./database/database.ts";

/** Notices to the people of a case: each row says to whom, by which channel and how it went; the text lies in words. */

/** `in-app` is read in the product itself; `none`: there is no way to reach them. */
type Channel = "in-app" | "sms" | "none";

export interface NewNotice {
	/** Unique within the company: what is told twice under one key is told once. */
	key: string;
	wording: string;
	/** `party:p1` or `person:…`. */
	recipient: string;
	channel: Channel;
	state: "sending" | "sent" | "failed";
	text: string;
}

/** A notice as it stands. `text` is null when it was erased. */
export interface NoticeState {
	key: string;
	state: NewNotice["state"];
	receipt: string | null;
	text: string | null;
}

/** Writes notices with their texts; those whose key is there already change nothing. */
export function insertNotices(
	company: string,
	stream: string,
	notices: readonly NewNotice[],
	at: Instant,
): Statement[] {
	if (notices.length === 0) return [];
	const column = (name: keyof NewNotice) => notices.map((one) => one[name]);
	return [
		{
			name: "insert-notices",
			sql: `with made as (
  insert into notice (company, id, stream, key, wording, recipient, channel, text_ref, pretend, state, at)
  select $1, t.id, $2, t.key, t.wording, t.recipient, t.channel, t.id, false, t.state, $3::timestamptz
  from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) as t(id, key, wording, recipient, channel, state)
  on conflict (company, key) do nothing returning text_ref
)
insert into words (company, ref, stream, content)
select $1, made.text_ref, $2, t.text from made join unnest($4::text[], $10::text[]) as t(id, text) on t.id = made.text_ref`,
			parameters: [
				company,
				stream,
				at,
				notices.map(() => newId()),
				column("key"),
				column("wording"),
				column("recipient"),
				column("channel"),
				column("state"),
				column("text"),
			],
		},
	];
}

/** A stream's notices whose keys begin so; answers NoticeStates. */
export function readNotices(company: string, stream: string, keyStart: string): Statement {
	return {
		name: "read-notices",
		sql: `select n.key, n.state, n.receipt, w.content as text from notice n
left join words w on w.company = n.company and w.ref = n.text_ref
where n.company = $1 and n.stream = $2 and starts_with(n.key, $3)`,
		parameters: [company, stream, keyStart],
	};
}

/** How a notice went out; `receipt` is the other side's number, or why it failed. */
export function finishNotice(
	company: string,
	key: string,
	state: "sent" | "failed",
	receipt: string,
	at: Instant,
): Statement {
	return {
		name: "finish-notice",
		sql: "update notice set state = $3, receipt = $4, at = $5 where company = $1 and key = $2 and state = 'sending'",
		parameters: [company, key, state, receipt, at],
	};
}

/**
 * The notices as the box of what was sent, for any notifier: so that each key goes out once, a restart between. What a
 * notice doesn't keep (address, language, blanks) reads empty.
 */
export function noticeBox(database: Pick<Database<unknown>, "read" | "transaction">): SentBox {
	return {
		async find(company, key) {
			const [rows = []] = (await database.read([
				{
					name: "find-sent",
					sql: `select n.key, n.wording, n.receipt, n.at, n.pretend, n.channel, coalesce(w.content, '') as text from notice n
left join words w on w.company = n.company and w.ref = n.text_ref
where n.company = $1 and n.key = $2 and n.state = 'sent'`,
					parameters: [company, key],
				},
			])) as SentRow[][];
			return rows[0] ? sentFrom(rows[0], company) : null;
		},
		async put(sent) {
			await database.transaction((session) => session.commitWith([keepSent(sent)]));
		},
	};
}

interface SentRow {
	key: string;
	wording: string;
	receipt: string | null;
	at: Instant;
	pretend: boolean;
	channel: Sent["to"]["kind"];
	text: string;
}

function sentFrom(row: SentRow, company: string): Sent {
	return {
		company,
		to: { kind: row.channel, address: "" },
		wording: row.wording,
		language: "",
		text: row.text,
		idempotencyKey: row.key,
		receipt: row.receipt ?? "",
		at: row.at,
		through: row.pretend ? "pretend" : "",
	};
}

/** A message of no case (a one-time code) becomes a notice by being sent. */
function keepSent(sent: Sent): Statement {
	return {
		name: "keep-sent",
		sql: `with known as (
  update notice set state = 'sent', receipt = $4, at = $5, pretend = $6 where company = $1 and key = $2 and state <> 'sent' returning key
), made as (
  insert into notice (company, id, stream, key, wording, recipient, channel, text_ref, pretend, state, receipt, at)
  select $1, $3, '', $2, $7, '', $8, $3, $6, 'sent', $4, $5::timestamptz where not exists (select 1 from known)
  on conflict (company, key) do nothing returning text_ref
)
insert into words (company, ref, stream, content) select $1, text_ref, '', $9 from made`,
		parameters: [
			sent.company,
			sent.idempotencyKey,
			newId(),
			sent.receipt,
			sent.at,
			sent.through === "pretend",
			sent.wording,
			sent.to.kind,
			textOf(sent),
		],
	};
}

/** Really sent, a one-time code is nobody's to read any more. */
function textOf({ through, text, blanks }: Sent): string {
	return through !== "pretend" && blanks?.code ? text.replaceAll(blanks.code, "······") : text;
}
