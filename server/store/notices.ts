import type { Instant } from "#engine/time/instant.ts";
import { newId } from "../ids.ts";
import type { FaultReason } from "../ports/fault.ts";
import type { ChannelKind, Sent, SentBox } from "../ports/notifier.ts";
import type { Database, Statement } from "./database/database.ts";

/** Notices to the people of a case: each row says to whom, by which channel and how it went; the text lies in words. */

/** `in-app` is read in the product itself; `none`: there is no way to reach them. */
type Channel = ChannelKind | "in-app" | "none";

/**
 * `waiting`: for the end of quiet hours; `sending`: on its way or tried again; `sent`: somebody took it, or it stands
 * in the product; `delivered`: the other side says that it arrived.
 */
export type NoticeStanding = "waiting" | "sending" | "sent" | "delivered" | "failed";

/** A way that was tried in vain. */
export interface Tried {
	channel: ChannelKind;
	why: FaultReason;
	at: Instant;
}

export interface NewNotice {
	/** Unique within the company: what is told twice under one key is told once. */
	key: string;
	wording: string;
	/** `party:p1` or `person:…`. */
	recipient: string;
	channel: Channel;
	state: NoticeStanding;
	text: string;
	/** Until when it waits. */
	until?: Instant | null;
}

/** A notice as it stands. `text` is null when it was erased. */
export interface NoticeState {
	key: string;
	state: NewNotice["state"];
	receipt: string | null;
	text: string | null;
	tried: Tried[];
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
  insert into notice (company, id, stream, key, wording, recipient, channel, text_ref, pretend, state, at, until)
  select $1, t.id, $2, t.key, t.wording, t.recipient, t.channel, t.id, false, t.state, $3::timestamptz, t.until
  from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $11::timestamptz[]) as t(id, key, wording, recipient, channel, state, until)
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
				notices.map((one) => one.until ?? null),
			],
		},
	];
}

/** A stream's notices whose keys begin so; answers NoticeStates. */
export function readNotices(company: string, stream: string, keyStart: string): Statement {
	return {
		name: "read-notices",
		sql: `select n.key, n.state, n.receipt, n.tried, w.content as text from notice n
left join words w on w.company = n.company and w.ref = n.text_ref
where n.company = $1 and n.stream = $2 and starts_with(n.key, $3)`,
		parameters: [company, stream, keyStart],
	};
}

export interface NoticeChange {
	state: "sending" | "sent" | "failed";
	channel: Channel;
	/** The other side's number, or why it failed. */
	receipt: string | null;
	tried: readonly Tried[];
}

/** How a notice went out, or goes on; one that is over stays as it is, but for what the box didn't know. */
export function noteNotice(company: string, key: string, change: NoticeChange, at: Instant): Statement {
	return {
		name: "note-notice",
		sql: `update notice set state = $3, channel = $4, receipt = $5, tried = $6::jsonb, until = null, at = $7
where company = $1 and key = $2 and (state in ('waiting', 'sending') or (state = 'sent' and $3 = 'sent' and receipt = $5))`,
		parameters: [
			company,
			key,
			change.state,
			change.channel,
			change.receipt,
			JSON.stringify(change.tried),
			at,
		],
	};
}

/** What the other side says became of what it took, by its own numbers. Answers the notices that are now told apart. */
export function noteDeliveries(
	channel: "sms" | "wechat",
	deliveries: readonly { receipt: string; delivered: boolean; why: string | null; at: string }[],
): Statement {
	return {
		name: "note-deliveries",
		sql: `update notice n set state = case when d.delivered then 'delivered' else 'failed' end,
  delivered_at = case when d.delivered then d.at end,
  tried = case when d.delivered then n.tried else n.tried || jsonb_build_array(jsonb_build_object('channel', n.channel, 'why', d.why, 'at', d.at)) end
from unnest($2::text[], $3::boolean[], $4::text[], $5::timestamptz[]) as d(receipt, delivered, why, at)
where n.receipt = d.receipt and n.channel = $1 and n.channel in ('sms', 'wechat') and n.state = 'sent' and not n.pretend
returning n.company, n.stream, n.key, n.recipient, n.state`,
		parameters: [
			channel,
			deliveries.map((one) => one.receipt),
			deliveries.map((one) => one.delivered),
			deliveries.map((one) => one.why),
			deliveries.map((one) => one.at),
		],
	};
}

export interface NoticeToResend extends NoticeState {
	wording: string;
	recipient: string;
}

/** One notice by its key. */
export function readNotice(company: string, stream: string, key: string): Statement {
	return {
		name: "read-notice",
		sql: `select n.key, n.state, n.receipt, n.tried, n.wording, n.recipient, w.content as text from notice n
left join words w on w.company = n.company and w.ref = n.text_ref where n.company = $1 and n.stream = $2 and n.key = $3`,
		parameters: [company, stream, key],
	};
}

/** A notice that failed is on its way again. */
export function reopenNotice(company: string, key: string, until: Instant | null): Statement {
	return {
		name: "reopen-notice",
		sql: `update notice set state = case when $3::timestamptz is null then 'sending' else 'waiting' end, until = $3, receipt = null
where company = $1 and key = $2 and state not in ('sent', 'delivered')`,
		parameters: [company, key, until],
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
where n.company = $1 and n.key = $2 and n.state in ('sent', 'delivered')`,
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
  update notice set state = 'sent', receipt = $4, at = $5, pretend = $6, channel = $8, until = null
  where company = $1 and key = $2 and state not in ('sent', 'delivered') returning key
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
