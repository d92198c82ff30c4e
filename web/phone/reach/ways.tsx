import { type RoomWords, useRoomWords } from "../../words.ts";
import type { Whose } from "./reach.tsx";
import { Email, Push, Wechat } from "./way-addresses.tsx";
import { type Channel, first, switched, type Wished, type Wishes } from "./wished.ts";
import { content } from "./words.yaml";

type Props = Whose & { wishes: Wishes; wished: Wished; onChange: (how: Partial<Wished>) => void };

/** Each way outside the product: whether, in which order, and where it leads. */
export function Ways(props: Props) {
	const t = useRoomWords(content as RoomWords);
	const { wishes, wished } = props;
	const open = wishes.ways.filter((one) => one.open);
	const chosen = wished.channels.length;
	return (
		<section>
			<h2 className="p-group">{t("ways")}</h2>
			<p className="p-quiet">{t(wishes.inProduct ? "ways-in-product" : "ways-help")}</p>
			{open.length === 0 && <p className="p-card">{t("no-ways")}</p>}
			{open.map((one) => (
				<Way key={one.channel} {...props} channel={one.channel} address={one.address} />
			))}
			{chosen === 0 && <p className="p-quiet">{t(wishes.inProduct ? "none-in-product" : "none-sms")}</p>}
		</section>
	);
}

function Way(props: Props & { channel: Channel; address: string | null }) {
	const t = useRoomWords(content as RoomWords);
	const { channel, address, wished, onChange } = props;
	const on = wished.channels.includes(channel);
	const place = wished.channels.indexOf(channel);
	return (
		<div className="p-way">
			<label className="p-choice">
				<span>
					{t(channel)}
					<small className="p-quiet">{addressWords(t, channel, address)}</small>
				</span>
				<input
					type="checkbox"
					checked={on}
					onChange={() => onChange({ channels: switched(wished, channel) })}
				/>
			</label>
			{on && (
				<div className="p-way-more">
					{place === 0 && wished.channels.length > 1 && <p className="p-quiet">{t("first")}</p>}
					{place > 0 && address !== null && (
						<button
							type="button"
							className="p-link"
							onClick={() => onChange({ channels: first(wished, channel) })}
						>
							{t("make-first", { way: t(channel) })}
						</button>
					)}
					{channel === "email" && <Email {...props} />}
					{channel === "wechat" && <Wechat {...props} />}
					{channel === "push" && <Push {...props} />}
				</div>
			)}
		</div>
	);
}

/** Where it leads, masked; or that nothing is known yet. */
function addressWords(t: ReturnType<typeof useRoomWords>, channel: Channel, address: string | null): string {
	if (address === null) return t(`${channel}-unknown`);
	if (channel === "wechat") return t("wechat-bound");
	return channel === "push" ? t("push-devices", { count: address }) : address;
}
