import { useMutation } from "@tanstack/react-query";
import { type PointerEvent, useRef, useState } from "react";
import { ask, problemIn } from "../../../api.ts";
import { type RoomWords, useRoomWords } from "../../../words.ts";
import { Button } from "../../parts/button.tsx";
import { content } from "../words.yaml";
import { linkHeaders } from "./case-data.ts";
import { Refused, useFollowed } from "./link.tsx";

/** A signature by finger, for sums above which the trade asks for one. It becomes evidence of the case. */
export function Sign({ onSigned, busy }: { onSigned: (evidence: string) => void; busy: boolean }) {
	const t = useRoomWords(content as RoomWords);
	const { token, answer } = useFollowed();
	const canvas = useRef<HTMLCanvasElement>(null);
	const [drawn, setDrawn] = useState(false);
	const signing = useMutation({
		mutationFn: async () => {
			const blob = await new Promise<Blob | null>((done) => canvas.current?.toBlob(done, "image/png"));
			const form = new FormData();
			form.set("kind", "document");
			form.set("title", t("signature"));
			form.set("file", blob ?? new Blob(), "signature.png");
			const path = `/api/cases/${encodeURIComponent(answer.case.id)}/evidence`;
			return await ask<{ evidence: string }>("POST", path, form, linkHeaders(token));
		},
		onSuccess: ({ evidence }) => onSigned(evidence),
	});
	const place = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>) => {
		const box = currentTarget.getBoundingClientRect();
		const scale = currentTarget.width / box.width;
		return [(clientX - box.left) * scale, (clientY - box.top) * scale] as const;
	};
	const begin = (event: PointerEvent<HTMLCanvasElement>) => {
		event.currentTarget.setPointerCapture(event.pointerId);
		const pen = event.currentTarget.getContext("2d");
		pen?.beginPath();
		pen?.moveTo(...place(event));
	};
	const draw = (event: PointerEvent<HTMLCanvasElement>) => {
		if (event.buttons === 0 && event.pressure === 0) return;
		const pen = event.currentTarget.getContext("2d");
		if (!pen) return;
		Object.assign(pen, { lineWidth: 4, lineCap: "round", strokeStyle: "#1A1F24" });
		pen.lineTo(...place(event));
		pen.stroke();
		setDrawn(true);
	};
	const clear = () => {
		canvas.current?.getContext("2d")?.clearRect(0, 0, canvas.current.width, canvas.current.height);
		setDrawn(false);
	};
	return (
		<>
			<p>{t("sign-why")}</p>
			<canvas
				ref={canvas}
				className="p-signing"
				width={680}
				height={280}
				aria-label={t("signature")}
				onPointerDown={begin}
				onPointerMove={draw}
			/>
			{signing.isError && <Refused problem={problemIn(signing.error)} />}
			<div className="p-row">
				<Button onClick={clear}>{t("sign-again")}</Button>
				<Button strong disabled={!drawn} busy={signing.isPending || busy} onClick={() => signing.mutate()}>
					{t("sign")}
				</Button>
			</div>
		</>
	);
}
