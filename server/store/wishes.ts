import type { Instant } from "#engine/time/instant.ts";
import type { ChannelKind } from "../ports/notifier.ts";
import type { Statement } from "./database/session.ts";

/** How somebody wishes to be told, and the devices that may be rung. */

/** `person:…`, or `party:<case>:<party>` for whoever follows a case by a link. */
export type Holder = `person:${string}` | `party:${string}:${string}`;

export interface WishRow {
	holder: Holder;
	channels: ChannelKind[];
	language: "zh" | "en" | null;
	quietFrom: string | null;
	quietTo: string | null;
	urgentRings: boolean;
	email: Buffer | null;
	emailMask: string | null;
	openid: Buffer | null;
}

/** The wishes of some; whoever said nothing has no row. */
export function readWishes(company: string, holders: readonly Holder[]): Statement {
	return {
		name: "read-wishes",
		sql: `select holder, channels, language, quiet_from as "quietFrom", quiet_to as "quietTo", urgent_rings as "urgentRings",
  email, email_mask as "emailMask", openid from wish where company = $1 and holder = any($2::text[])`,
		parameters: [company, holders],
	};
}

/** Writes what somebody wishes, in place of what they wished before. */
export function saveWish(company: string, wish: WishRow, at: Instant): Statement {
	return {
		name: "save-wish",
		sql: `insert into wish (company, holder, channels, language, quiet_from, quiet_to, urgent_rings, email, email_mask, openid, changed_at)
values ($1, $2, $3::text[], $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (company, holder) do update set channels = excluded.channels, language = excluded.language, quiet_from = excluded.quiet_from,
  quiet_to = excluded.quiet_to, urgent_rings = excluded.urgent_rings, email = excluded.email, email_mask = excluded.email_mask,
  openid = excluded.openid, changed_at = excluded.changed_at`,
		parameters: [
			company,
			wish.holder,
			wish.channels,
			wish.language,
			wish.quietFrom,
			wish.quietTo,
			wish.urgentRings,
			wish.email,
			wish.emailMask,
			wish.openid,
			at,
		],
	};
}

/** Devices of one holder that are rung, at most; older ones are forgotten. */
export const MOST_DEVICES = 10;

export interface DeviceRow {
	holder: Holder;
	id: string;
	sealed: Buffer;
}

/** The devices of some, the latest first. */
export function readDevices(company: string, holders: readonly Holder[]): Statement {
	return {
		name: "read-devices",
		sql: `select holder, id, sealed from (
  select holder, id, sealed, row_number() over (partition by holder order by made_at desc, id) as n
  from push_subscription where company = $1 and holder = any($2::text[])) as one where n <= ${MOST_DEVICES}`,
		parameters: [company, holders],
	};
}

/** Adds a device, or gives it to whoever uses it now. */
export function saveDevice(company: string, device: DeviceRow, at: Instant): Statement[] {
	const { holder, id, sealed } = device;
	return [
		{
			name: "save-device",
			sql: `insert into push_subscription (company, id, holder, sealed, made_at) values ($1, $2, $3, $4, $5)
on conflict (company, id) do update set holder = excluded.holder, sealed = excluded.sealed, made_at = excluded.made_at`,
			parameters: [company, id, holder, sealed, at],
		},
		{
			name: "forget-old-devices",
			sql: `delete from push_subscription where company = $1 and holder = $2 and id in (
  select id from push_subscription where company = $1 and holder = $2 order by made_at desc, id offset ${MOST_DEVICES})`,
			parameters: [company, holder],
		},
	];
}

/** Forgets devices; with a holder only when they are theirs. Answers the ids that are gone. */
export function forgetDevices(company: string, ids: readonly string[], holder: Holder | null): Statement {
	return {
		name: "forget-devices",
		sql: "delete from push_subscription where company = $1 and id = any($2::text[]) and ($3::text is null or holder = $3) returning id",
		parameters: [company, ids, holder],
	};
}
