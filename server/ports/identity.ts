import type { Fault } from "./fault.ts";

/** Who somebody is in WeChat, by the code that their own browser was given (网页授权 snsapi_base). */
export interface WechatIdentity {
	/** The official account that the code must be for; null: pretended. */
	appId: string | null;
	/** The openid behind a code; a code is good once. Faults: refused (no such code, or used), and those of any request. */
	openidOf(code: string): Promise<{ ok: true; openid: string } | Fault>;
}
