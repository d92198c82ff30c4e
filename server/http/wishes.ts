import { z } from "zod";
import { EmailAddress } from "../adapters/smtp/email.ts";
import type { Desk } from "../handle.ts";
import type { WechatIdentity } from "../ports/identity.ts";
import { CHANNEL_KINDS, type ChannelKind } from "../ports/notifier.ts";
import { phonesOf } from "../store/addresses.ts";
import { commit } from "../store/commit.ts";
import { maskOf, seal } from "../store/kept.ts";
import { readDevices, saveWish, type WishRow } from "../store/wishes.ts";
import type { App, Edge, Plugin } from "./app.ts";
import { callerOf } from "./caller.ts";
import { plain, sendMalformed, sendNotFound, sendProblem } from "./problem.ts";
import { type Self, selfOf, speaker, wishOf } from "./told-self.ts";

/** What stands behind the channels, for whoever chooses among them. */
export interface Reaching {
	/** Those that are set up, or pretended. */
	channels: readonly ChannelKind[];
	/** The key that browsers need to subscribe (VAPID); null: web push is pretended. */
	pushKey: string | null;
	wechat: WechatIdentity;
}

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 22:00");
const Wishes = z.strictObject({
	/** Ways outside the product in their order; people with an account read everything in the product anyway. */
	channels: z
		.array(z.enum(CHANNEL_KINDS))
		.max(CHANNEL_KINDS.length)
		.refine((list) => new Set(list).size === list.length, "each at most once"),
	language: z.enum(["zh", "en"]).nullable().default(null),
	/** Null: those of the trade. */
	quiet: z
		.strictObject({ from: Clock, to: Clock })
		.refine(({ from, to }) => from !== to, { path: ["to"], error: "must be another time" })
		.nullable()
		.default(null),
	/** Whether what is urgent may ring in the quiet hours. */
	urgentRings: z.boolean().default(true),
	/** Left out: stays as it is; null: forgotten. */
	email: EmailAddress.nullable().optional(),
});
const tags = ["wishes"];

/** How one wishes to be told: by which ways, in which language, and when not. For accounts and for links alike. */
export function wishRoutes(reaching: Reaching): Plugin {
	return (app, edge) => {
		readRoute(app, edge, reaching);
		saveRoute(app, edge, reaching);
		languageRoute(app, edge);
		wechatRoutes(app, edge, reaching);
	};
}

function readRoute(app: App, edge: Edge, reaching: Reaching): void {
	const schema = {
		summary: "How you wish to be told",
		description:
			"`ways`: each way with what is known of it: `open` when it is set up here, `address` what it leads to, masked.",
		tags,
	};
	app.get("/api/me/wishes", { schema }, async (request, reply) => {
		const self = await selfOf(edge.desk, callerOf(request).actor);
		return self ? await shown(edge.desk, self, reaching) : sendNotFound(reply, edge.saying);
	});
}

function saveRoute(app: App, edge: Edge, reaching: Reaching): void {
	const { desk } = edge;
	const schema = { summary: "Say how you wish to be told", tags, body: Wishes };
	app.put("/api/me/wishes", { schema }, async (request, reply) => {
		const self = await speaker(edge, request, reply);
		if (!self) return reply;
		const closed = request.body.channels.filter((one) => !reaching.channels.includes(one));
		if (closed.length > 0)
			return sendMalformed(
				reply,
				[{ at: "channels", problem: `not set up here: ${closed.join(", ")}` }],
				edge.saying,
			);
		const { channels, language, quiet, urgentRings, email } = request.body;
		const before = await wishOf(desk, self);
		const wish: WishRow = {
			...before,
			...{ channels, language, urgentRings },
			quietFrom: quiet?.from ?? null,
			quietTo: quiet?.to ?? null,
			...(email === undefined
				? {}
				: {
						email: email === null ? null : seal(email, desk.keys),
						emailMask: email === null ? null : emailMask(email),
					}),
		};
		await commit(desk.database, saveWish(self.company, wish, desk.clock()));
		return await shown(desk, self, reaching);
	});
}

function languageRoute(app: App, edge: Edge): void {
	const schema = {
		summary: "The language of messages to you",
		description: "The rest of what you said stays as it is.",
		tags,
		body: z.strictObject({ language: z.enum(["zh", "en"]).nullable() }),
	};
	const { desk } = edge;
	app.patch("/api/me/wishes", { schema }, async (request, reply) => {
		const self = await speaker(edge, request, reply);
		if (!self) return reply;
		const { language } = request.body;
		const before = await wishOf(desk, self);
		await commit(desk.database, saveWish(self.company, { ...before, language }, desk.clock()));
		return { language };
	});
}

/** 李**@example.com: enough for its owner to know it again. */
function emailMask(email: string): string {
	const [name = "", domain = ""] = email.split("@");
	return `${[...name][0] ?? ""}***@${domain}`;
}

function wechatRoutes(app: App, edge: Edge, { wechat }: Reaching): void {
	const { desk } = edge;
	const schema = {
		summary: "Be told through WeChat",
		description:
			"`code`: what WeChat's web authorisation (snsapi_base) gave the browser. The page must have checked its own `state` first, or somebody else's account could be bound.",
		tags,
		body: z.strictObject({ code: z.string().regex(/^[\w-]{1,200}$/) }),
	};
	app.put("/api/me/wechat", { schema }, async (request, reply) => {
		const self = await speaker(edge, request, reply);
		if (!self) return reply;
		const asked = await wechat.openidOf(request.body.code);
		if (!asked.ok && asked.reason === "refused")
			return sendMalformed(reply, [{ at: "code", problem: "is not good, or was used" }], edge.saying);
		if (!asked.ok) return sendProblem(reply, plain("unavailable", 503, edge.saying, request.language));
		const before = await wishOf(desk, self);
		// whoever binds it wants it used
		const channels = [...new Set<ChannelKind>(["wechat", ...before.channels])];
		const openid = seal(asked.openid, desk.keys);
		await commit(desk.database, saveWish(self.company, { ...before, channels, openid }, desk.clock()));
		return { bound: true };
	});
	app.delete(
		"/api/me/wechat",
		{ schema: { summary: "No longer through WeChat", tags } },
		async (request, reply) => {
			const self = await speaker(edge, request, reply);
			if (!self) return reply;
			const before = await wishOf(desk, self);
			await commit(desk.database, saveWish(self.company, { ...before, openid: null }, desk.clock()));
			return { bound: false };
		},
	);
}

async function shown(desk: Desk, self: Self, { channels, wechat }: Reaching) {
	const wish = await wishOf(desk, self);
	const known = await addresses(desk, self, wish);
	return {
		channels: wish.channels,
		language: wish.language,
		/** What messages are written in until they say otherwise: as they complained, or as their account says. */
		spoken: wish.language ?? self.recipient.language,
		quiet: wish.quietFrom && wish.quietTo ? { from: wish.quietFrom, to: wish.quietTo } : null,
		urgentRings: wish.urgentRings,
		inProduct: self.recipient.person !== null,
		ways: CHANNEL_KINDS.map((channel) => ({
			channel,
			open: channels.includes(channel),
			address: known[channel],
		})),
		wechat: { bound: wish.openid !== null, appId: wechat.appId },
	};
}

/** What each way leads to, masked; null: nothing is known. */
async function addresses(desk: Desk, self: Self, wish: WishRow): Promise<Record<ChannelKind, string | null>> {
	const [devices = []] = await desk.database.read([readDevices(self.company, [self.holder])]);
	const party = self.recipient.party;
	const place = {
		id: "self",
		ref: party?.phone?.ref ?? null,
		person: self.recipient.person?.id ?? party?.person ?? null,
	};
	const phone = (await phonesOf(desk, self.company, [place])).get("self") ?? null;
	return {
		sms: phone === null ? null : maskOf("phone", phone),
		wechat: wish.openid === null ? null : "WeChat",
		email: wish.emailMask,
		push: devices.length === 0 ? null : String(devices.length),
	};
}
