import { fault } from "#server/ports/fault.ts";
import type { ChannelKind, Notifier } from "#server/ports/notifier.ts";

/** One notifier out of several: each message goes through the channel of its address. */
export function byChannel(channels: Partial<Record<ChannelKind, Notifier>>): Notifier {
	return {
		async send(message) {
			const channel = channels[message.to.kind];
			return channel?.send(message) ?? fault("unsupported", `no channel is set up for ${message.to.kind}`);
		},
	};
}
