/** Being told through WeChat: its own browser gives a code for whoever reads in it (网页授权 snsapi_base). */

const STATE = "redress.wechat-state";

export const inWechat = () => /MicroMessenger/i.test(navigator.userAgent);

/** Leaves for WeChat's page, which comes back here with `code` and `state`. */
export function askWechat(appId: string): void {
	const state = crypto.randomUUID().replaceAll("-", "");
	sessionStorage.setItem(STATE, state);
	const here = location.origin + location.pathname;
	const query = new URLSearchParams({
		appid: appId,
		redirect_uri: here,
		response_type: "code",
		scope: "snsapi_base",
		state,
	});
	location.assign(`https://open.weixin.qq.com/connect/oauth2/authorize?${query}#wechat_redirect`);
}

/** The code that WeChat came back with, once; only where it was asked for from here, else somebody's else account might be bound. */
export function codeFrom(query: URLSearchParams): string | null {
	const code = query.get("code");
	const state = query.get("state");
	const asked = sessionStorage.getItem(STATE);
	if (!code || !state || state !== asked) return null;
	sessionStorage.removeItem(STATE);
	return code;
}
