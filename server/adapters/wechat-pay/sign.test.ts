import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { expect, test } from "vitest";
import { answerProblem, authorizationOf, signedText } from "./sign.ts";

test("the text to sign is the documentation's example, line by line", () => {
	const request = {
		method: "GET",
		target: "/v3/certificates",
		timestamp: 1554208460,
		nonce: "593BEC0C930BF1AFEB40B4A08C8FB242",
		body: "",
	} as const;
	expect(signedText(request)).toBe("GET\n/v3/certificates\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n");
});

test("the header names the merchant and certificate, and its signature covers the text", () => {
	const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const request = {
		method: "POST",
		target: "/v3/x?a=1",
		timestamp: 1,
		nonce: "n",
		body: '{"退":1}',
	} as const;
	const header = authorizationOf(request, { mchid: "1900", serial: "5157", privateKey });
	const [, signature = ""] =
		/^WECHATPAY2-SHA256-RSA2048 mchid="1900",nonce_str="n",signature="([^"]+)",timestamp="1",serial_no="5157"$/.exec(
			header,
		) ?? [];
	const text = Buffer.from('POST\n/v3/x?a=1\n1\nn\n{"退":1}\n');
	expect(verify("sha256", text, publicKey, Buffer.from(signature, "base64"))).toBe(true);
});

/** Made once with `openssl dgst -sha256 -sign`, so that the check doesn't rest on this library alone. */
const made = {
	publicKey:
		"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwnKEynMISEDbcBzx4koqfohigVZKUjo5cD2Myi2T2ElfKDrKeMealoOb5MOXaRXdahZUziszyxuhZRoPooB5y30Eoang/S4U4KTqgabTC/gi6W4T1WMlEhYRS8fYLAm+yZtWEeI0RO2OGZXRPMIqiTaWKxD7yVcxKy+jQSeLGs6t4BgdVIQdykm6zhmvUK9b/3Ian0s2gCnCHhlIm3qs9k9AbY9twBI8JVsVHSOYP7w8juoLHM6uR0zSkvDKyPG8L9/DPUkEGGxv0k2Ctrz1kYfYE1Ki6wYXXHfZL0EhjhAxyUKzeHuWnZI5ENMwL1YbqHsqZBfvqLwhq7oih3ThIQIDAQAB",
	signature:
		"nEZ+wZTYFRPBNz8z9LzrTC3N2/m28jeBSt80rWrOrVUutEdDDMyJIVExASINp7jFIg9i5bItfhUWfyE3YzZhhViO80cfF+ZvImydKvxvFiHGyB+Nx00Yf9Nqk9Cz7dvwvOgRWfiXvaYNWBY//Ys/drbODeYs6nwYgdT1f15LHnrEMTLaSVUZI3HB0w8yrduaEry9De/KywrSoe6Ym94vldFHM02w86DTwQq38EfEycMhuQMyQ3YVhaS/puzLYPfKvlW7KmgVNE2eneqKq6IqhQ8WuDmC5AHuSe6mUo9c23UDgYbPYRX84vgfAkD3v88iwnjMBtaj3lLaS/IUR2NSGg==",
	body: '{"prepay_id":"wx2922034726858082fbd40b511c67630000"}',
};

test("an answer signed elsewhere is accepted, and one byte more is not", () => {
	const keys = new Map([
		[
			"PUB_KEY_ID_1",
			createPublicKey({ key: Buffer.from(made.publicKey, "base64"), format: "der", type: "spki" }),
		],
	]);
	const headers = new Headers({
		"Wechatpay-Timestamp": "1554209980",
		"Wechatpay-Nonce": "c5ac7061fccab6bf3e254dcf98995b8c",
		"Wechatpay-Serial": "PUB_KEY_ID_1",
		"Wechatpay-Signature": made.signature,
	});
	expect(answerProblem({ headers, body: made.body }, keys, 1554209980)).toBeNull();
	expect(answerProblem({ headers, body: made.body }, keys, 1554209980 + 300)).toBeNull();
	expect(answerProblem({ headers, body: made.body }, keys, 1554209980 + 301)).toMatch(/five minutes/);
	expect(answerProblem({ headers, body: `${made.body} ` }, keys, 1554209980)).toMatch(/signature is wrong/);
});
