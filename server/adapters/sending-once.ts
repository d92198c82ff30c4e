import type { Clock } from "#server/ports/clock.ts";
import type { Message, Notifier, SendResult, SentBox } from "#server/ports/notifier.ts";

/**
 * Makes a way of sending into a notifier that sends each `(company, idempotencyKey)` once: one that is in the box is
 * answered with its receipt, and one on its way is waited for. Should the process die between the provider's yes and
 * the note in the box, the message goes out again: a notice sent twice is the lesser harm to one never sent.
 */
export function sendingOnce(
	through: string,
	box: SentBox,
	clock: Clock,
	send: (message: Message) => Promise<SendResult>,
): Notifier {
	const underWay = new Map<string, Promise<SendResult>>();

	async function sendUnlessSent(message: Message): Promise<SendResult> {
		const sent = await box.find(message.company, message.idempotencyKey);
		if (sent !== null) return { ok: true, receipt: sent.receipt };
		const result = await send(message);
		if (result.ok) await box.put({ ...message, receipt: result.receipt, at: clock(), through });
		return result;
	}

	return {
		send(message) {
			const key = JSON.stringify([message.company, message.idempotencyKey]);
			const sending = underWay.get(key) ?? sendUnlessSent(message).finally(() => underWay.delete(key));
			underWay.set(key, sending);
			return sending;
		},
	};
}
