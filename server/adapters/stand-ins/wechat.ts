import { type Reply, type Seen, type StandIn, standIn } from "./listen.ts";

export type WechatStandIn = StandIn & {
	/** Bodies of the messages that were taken, with the way they came. */
	taken: ({ path: string } & Record<string, unknown>)[];
	/** How many tokens were given out. */
	tokens: number;
	/** Set to have the next message answered with this code. */
	trouble: number | null;
	/** Makes the token given out last stale, as WeChat does when another one is asked for by force. */
	expireToken(): void;
};

type State = Omit<WechatStandIn, keyof StandIn | "expireToken"> & { token: string | null };

/** Kinds of template fields and how long they may be, as the template library says. */
const LONGEST: Record<string, number> = { thing: 20, character_string: 32, phrase: 5 };

/** Speaks stable_token, message/template/send, message/subscribe/bizsend and sns/oauth2/access_token, checking as WeChat does. */
export async function wechatStandIn(account: { appId: string; appSecret: string }): Promise<WechatStandIn> {
	const state: State = { taken: [], tokens: 0, trouble: null, token: null };
	const ids = new Map<string, number>();
	const server = await standIn((seen) => {
		const path = seen.url.pathname;
		if (path === "/cgi-bin/stable_token") return tokenFor(seen, account, state);
		if (path === "/sns/oauth2/access_token") return openidFor(seen, account);
		if (seen.url.searchParams.get("access_token") !== state.token) return coded(40001);
		const { trouble } = state;
		state.trouble = null;
		if (trouble !== null) return coded(trouble);
		return take(path, JSON.parse(seen.body) as Record<string, unknown>, state, ids);
	});
	return Object.assign(state, server, {
		expireToken: () => {
			state.token = null;
		},
	});
}

function coded(errcode: number, more: object = {}): Reply {
	return { status: 200, body: JSON.stringify({ errcode, errmsg: errcode === 0 ? "ok" : "no", ...more }) };
}

function tokenFor(seen: Seen, account: { appId: string; appSecret: string }, state: State): Reply {
	const { grant_type, appid, secret } = JSON.parse(seen.body) as Record<string, string>;
	if (grant_type !== "client_credential") return coded(40002);
	if (appid !== account.appId) return coded(40013);
	if (secret !== account.appSecret) return coded(40125);
	state.tokens += 1;
	state.token = `token-${state.tokens}`;
	return { status: 200, body: JSON.stringify({ access_token: state.token, expires_in: 7200 }) };
}

const usedCodes = new Set<string>();

function openidFor({ url }: Seen, account: { appId: string; appSecret: string }): Reply {
	const given = (name: string) => url.searchParams.get(name) ?? "";
	if (given("appid") !== account.appId || given("secret") !== account.appSecret) return coded(40125);
	const code = given("code");
	if (!code.startsWith("good")) return coded(40029);
	if (usedCodes.has(code)) return coded(40163);
	usedCodes.add(code);
	return { status: 200, body: JSON.stringify({ access_token: "user", openid: `openid-${code}` }) };
}

function take(path: string, body: Record<string, unknown>, state: State, ids: Map<string, number>): Reply {
	const template = path === "/cgi-bin/message/template/send";
	if (!template && path !== "/cgi-bin/message/subscribe/bizsend") return coded(48001);
	const { touser, template_id, data, client_msg_id } = body as {
		touser?: string;
		template_id?: string;
		data?: Record<string, { value: string }>;
		client_msg_id?: string;
	};
	if (!touser?.startsWith("openid")) return coded(40003);
	if (!template_id?.startsWith("tpl")) return coded(40037);
	for (const [field, { value }] of Object.entries(data ?? {}))
		if ([...value].length > (LONGEST[field.replace(/\d+$/, "")] ?? 200)) return coded(47003);
	if (client_msg_id !== undefined && client_msg_id.length > 32) return coded(47001);
	const key = `${touser} ${client_msg_id}`;
	const known = template && client_msg_id !== undefined ? ids.get(key) : undefined;
	if (known !== undefined) return coded(0, { msgid: known });
	const msgid = 4_052_114_000_000_000 + ids.size + state.taken.length;
	if (client_msg_id !== undefined) ids.set(key, msgid);
	state.taken.push({ path, ...body });
	return template ? coded(0, { msgid }) : coded(0);
}
