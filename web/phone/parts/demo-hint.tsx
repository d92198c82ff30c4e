import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "../words.yaml";

const read = async <T,>(path: string): Promise<T | null> => {
	try {
		return await ask<T>("GET", path);
	} catch {
		return null; // no demo here
	}
};

/** In the demo, where no message goes out: the orders one may try. Elsewhere nothing. */
export function DemoOrders({ onChoose }: { onChoose: (order: string, phone: string) => void }) {
	const t = useRoomWords(content as RoomWords);
	const { data } = useQuery({
		queryKey: ["demo", "orders"],
		staleTime: Number.POSITIVE_INFINITY,
		queryFn: () => read<{ orders: { number: string; phone: string }[] }>("/api/demo/orders"),
	});
	if (!data) return null;
	return (
		<details className="p-demo">
			<summary>{t("demo-orders")}</summary>
			{data.orders.map(({ number, phone }) => (
				<button key={number} type="button" className="p-link" onClick={() => onChoose(number, phone)}>
					{number} · {phone}
				</button>
			))}
		</details>
	);
}

/** The code that would have been in the message. */
export function DemoCode({ onCode }: { onCode: (code: string) => void }) {
	const t = useRoomWords(content as RoomWords);
	const { data, refetch } = useQuery({
		queryKey: ["demo", "code"],
		staleTime: 0,
		refetchInterval: 3_000,
		queryFn: () => read<{ code: string | null }>("/api/demo/code"),
	});
	const code = data?.code;
	if (!code) return null;
	return (
		<button
			type="button"
			className="p-link"
			onClick={() => void refetch().then((one) => onCode(one.data?.code ?? code))}
		>
			{t("demo-code", { code })}
		</button>
	);
}
