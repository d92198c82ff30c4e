import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "../ports/notifier.ts";
import type { Database } from "./database/database.ts";
import { testDatabase } from "./database/testing.ts";
import { noticeBox } from "./notices.ts";

let database: Database<unknown>;
const at = "2026-03-02T02:00:00.000Z";

beforeAll(async () => {
	database = await testDatabase();
});
afterAll(() => database.close());

test("a message of no case is kept by being sent; a real one-time code is not left to be read", async () => {
	const box = noticeBox(database);
	const code: Message = {
		company: "acme",
		to: { kind: "sms", address: "13800001234" },
		wording: "account.code",
		language: "zh-CN",
		text: "您的验证码是 482913",
		blanks: { code: "482913" },
		idempotencyKey: "code-1",
	};
	await box.put({ ...code, receipt: "biz-1", at, through: "alibaba-sms" });
	await box.put({ ...code, receipt: "biz-2", at, through: "alibaba-sms" });
	await box.put({ ...code, idempotencyKey: "code-2", receipt: "p-1", at, through: "pretend" });
	expect(await box.find("acme", "code-1")).toMatchObject({ receipt: "biz-1", text: "您的验证码是 ······" });
	expect(await box.find("acme", "code-2")).toMatchObject({ text: "您的验证码是 482913", through: "pretend" });
	expect(await box.find("another", "code-1")).toBeNull();
	const everything = await database.read(
		["notice", "words", "personal"].map((table) => ({ sql: `select * from ${table}`, parameters: [] })),
	);
	expect(JSON.stringify(everything)).not.toContain("13800001234");
});
