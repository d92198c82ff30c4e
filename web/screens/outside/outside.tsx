import "./outside.css";
import { useMemo, useState } from "react";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { WorkRoom } from "../work/work-room.tsx";
import { inOrder, type Order, openOnes } from "./order.ts";
import { OneProceeding } from "./proceeding.tsx";
import { BodiesTable } from "./table.tsx";
import { content } from "./words.yaml";

/** 外部督办: regulators, hotlines, media, police, insurers; by due time, the late ones first, or by any column. */
export function OutsideBodies() {
	const say = useSay();
	const t = useRoomWords(content as RoomWords);
	const [order, setOrder] = useState<Order>({ by: "due", down: false });
	const compare = useMemo(() => inOrder(order), [order]);
	return (
		<WorkRoom
			room="outside"
			title={say.ui("outside-room")}
			empty={t("empty")}
			entries={openOnes}
			order={compare}
			whole={order.by !== "due" || order.down}
			list={(shown) => <BodiesTable shown={shown} order={order} onOrder={setOrder} />}
			detail={(entry, names, done) => <OneProceeding entry={entry} names={names} onDone={done} />}
		/>
	);
}
