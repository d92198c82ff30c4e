import { createHash } from "node:crypto";
import type { WechatIdentity } from "#server/ports/identity.ts";

/** Takes any code for the same person's each time. */
export function pretendIdentity(): WechatIdentity {
	return {
		appId: null,
		openidOf: async (code) => ({
			ok: true,
			openid: `pretend-${createHash("sha256").update(code).digest("hex").slice(0, 20)}`,
		}),
	};
}
