import { createStore, del, entries, set } from "idb-keyval";
import { ask, problemIn } from "../../../api.ts";
import { isPassing } from "../../outbox-queue.ts";

/** Photos of what was noted on an order: kept in the phone until they are there, and sent once. */

interface Keeping {
	number: string;
	/** The idempotency key of the act, from which the server makes its id. */
	act: string;
	file: Blob;
	name: string;
}

const shelf = () => createStore("redress-order-files", "files");

export async function keepActFile(one: Keeping): Promise<void> {
	await set(one.act, one, shelf()).catch(() => {});
	await sendActFiles();
}

let running: Promise<void> | null = null;

/** Sends what is kept, one after the other; what the line does not carry now goes with the next try. */
export function sendActFiles(): Promise<void> {
	running ??= sendAll().finally(() => {
		running = null;
	});
	return running;
}

async function sendAll(): Promise<void> {
	const all = await entries<string, Keeping>(shelf()).catch(() => []);
	for (const [id, { number, act, file, name }] of all) {
		const form = new FormData();
		form.append("file", file, name);
		try {
			await ask(
				"POST",
				`/api/mine/orders/${encodeURIComponent(number)}/acts/${encodeURIComponent(act)}/file`,
				form,
			);
			await del(id, shelf());
		} catch (error) {
			const problem = problemIn(error);
			// the act itself may still be in the outbox: then it is not there yet
			if (isPassing(problem) || problem.status === 404) continue;
			await del(id, shelf());
		}
	}
}
