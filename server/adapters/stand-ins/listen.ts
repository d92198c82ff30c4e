import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as a stand-in sees it; `body` has been read whole. */
export type Seen = { method: string; url: URL; headers: IncomingMessage["headers"]; body: string };

export type Reply = { status: number; body: string; headers?: Record<string, string> };

/** A stand-in that answers each request, or `"never"`, to be waited for in vain. */
export type StandIn = { url: string; close(): Promise<void> };

/** Serves `answer` on a free local port. For tests: speaks a provider's protocol where the provider can't be reached. */
export function standIn(
	answer: (seen: Seen) => Reply | "never" | Promise<Reply | "never">,
): Promise<StandIn> {
	return listen(async (request, response) => {
		const reply = await answer({
			method: request.method ?? "",
			url: new URL(request.url ?? "/", `http://${request.headers.host}`),
			headers: request.headers,
			body: await text(request),
		});
		if (reply === "never") return;
		response
			.writeHead(reply.status, { "content-type": "application/json", ...reply.headers })
			.end(reply.body);
	});
}

/** The same, with the raw request and response, for protocols that stream. */
export async function listen(
	handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<StandIn> {
	const server = createServer((request, response) => {
		handle(request, response).catch((error) => response.destroy(error));
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((closed) => {
				server.closeAllConnections();
				server.close(() => closed());
			}),
	};
}
