/** How somebody wishes to be told, as the server has it, and as it is being changed here. Pure. */

export type Channel = "sms" | "wechat" | "email" | "push";

export interface Wishes {
	/** Ways outside the product in their order. */
	channels: Channel[];
	language: "zh" | "en" | null;
	/** What messages are written in while nothing was said. */
	spoken: "zh" | "en";
	quiet: { from: string; to: string } | null;
	urgentRings: boolean;
	/** Whether everything can be read in the product anyway. */
	inProduct: boolean;
	ways: { channel: Channel; open: boolean; address: string | null }[];
	wechat: { bound: boolean; appId: string | null };
}

/** What is sent when it is saved. */
export type Wished = Pick<Wishes, "channels" | "language" | "quiet" | "urgentRings"> & {
	/** Left out: stays as it is. */
	email?: string;
};

/** Only what is set up can be chosen; what is not stays out, or saving would be refused. */
export function wishedFrom({ channels, ways, language, quiet, urgentRings }: Wishes): Wished {
	const open = ways.filter((one) => one.open).map((one) => one.channel);
	return { channels: channels.filter((one) => open.includes(one)), language, quiet, urgentRings };
}

/** Switches a way on, as the last one, or off. */
export function switched({ channels }: Wished, channel: Channel): Channel[] {
	return channels.includes(channel) ? channels.filter((one) => one !== channel) : [...channels, channel];
}

/** Puts a way before the others. */
export function first({ channels }: Wished, channel: Channel): Channel[] {
	return [channel, ...channels.filter((one) => one !== channel)];
}

/** Names a text that says what stands in the way of saving; null: nothing. */
export function problemOf({ quiet, email }: Wished): "quiet-same" | "email-wrong" | null {
	if (quiet && quiet.from === quiet.to) return "quiet-same";
	if (email !== undefined && !/^\S+@\S+\.\S+$/.test(email)) return "email-wrong";
	return null;
}
