import { useEffect, useRef, useState } from "react";
import { Icon } from "../../parts/icon.tsx";
import { type RoomWords, useRoomWords } from "../../words.ts";
import { content } from "../words.yaml";

/** So long a recording may be: after that it stops by itself, and what was said is kept. */
const LONGEST_S = 300;
const TYPES = ["audio/mp4", "audio/ogg;codecs=opus", "audio/webm;codecs=opus"];

/** Records a voice; `onDone` gets it as a file. Says why where it can't. */
export function Recorder({ onDone }: { onDone: (file: Blob) => void }) {
	const t = useRoomWords(content as RoomWords);
	const [state, setState] = useState<"ready" | "recording" | "no-leave">("ready");
	const [seconds, setSeconds] = useState(0);
	const recorder = useRef<MediaRecorder | null>(null);
	useEffect(() => {
		if (state !== "recording") return;
		const timer = setInterval(() => setSeconds((one) => one + 1), 1_000);
		return () => clearInterval(timer);
	}, [state]);
	useEffect(() => {
		if (seconds >= LONGEST_S) recorder.current?.stop();
	}, [seconds]);
	useEffect(() => () => recorder.current?.stream.getTracks().forEach((one) => void one.stop()), []);
	if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices)
		return <p className="p-quiet">{t("no-recorder")}</p>;
	const begin = async () => {
		const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
		if (!stream) return setState("no-leave");
		const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
		const made = new MediaRecorder(stream, type ? { mimeType: type } : {});
		const pieces: Blob[] = [];
		made.ondataavailable = ({ data }) => void (data.size > 0 && pieces.push(data));
		made.onstop = () => {
			for (const one of stream.getTracks()) one.stop();
			setState("ready");
			if (pieces.length > 0) onDone(new Blob(pieces, { type: made.mimeType.split(";")[0] ?? "" }));
		};
		recorder.current = made;
		made.start(1_000);
		setSeconds(0);
		setState("recording");
	};
	const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
	return (
		<div>
			{state === "recording" ? (
				<button type="button" className="p-button p-recording" onClick={() => recorder.current?.stop()}>
					<i className="p-dot" aria-hidden="true" />
					<span role="status">{t("recording", { time })}</span>
					<b>{t("stop")}</b>
				</button>
			) : (
				<button type="button" className="p-button p-wide" onClick={() => void begin()}>
					<Icon name="mic" />
					{t("record")}
				</button>
			)}
			{state === "no-leave" && <p className="p-fault">{t("no-leave")}</p>}
		</div>
	);
}
