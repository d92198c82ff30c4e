import { expect, test } from "vitest";
import { signAlibaba } from "./sign.ts";

test("the example of the documentation comes out as printed there", () => {
	const { query, headers } = signAlibaba(
		{
			host: "ecs.cn-shanghai.aliyuncs.com",
			action: "RunInstances",
			version: "2014-05-26",
			parameters: {
				RegionId: "cn-shanghai",
				ImageId: "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
			},
			date: "2023-10-26T10:22:32Z",
			nonce: "3156853299f313e23d1673dc12e1703d",
		},
		{ accessKeyId: "YourAccessKeyId", accessKeySecret: "YourAccessKeySecret" },
	);
	expect(query).toBe("ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai");
	expect(headers.authorization).toBe(
		"ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
	);
});

test("blanks, Chinese and marks are encoded as the service does", () => {
	const call = { host: "h", action: "a", version: "v", date: "d", nonce: "n" };
	const { query } = signAlibaba(
		{ ...call, parameters: { SignName: "诉达", A1: "", B: "a b*c~d'(!)", A: '{"x":"1"}' } },
		{ accessKeyId: "i", accessKeySecret: "s" },
	);
	expect(query).toBe("A=%7B%22x%22%3A%221%22%7D&A1=&B=a%20b%2Ac~d%27%28%21%29&SignName=%E8%AF%89%E8%BE%BE");
});
