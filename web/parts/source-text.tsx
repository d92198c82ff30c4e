import { useSay } from "../words.ts";

/** Where a rule comes from, in the words of the source: on an English page a Chinese source says that it is one. */
export function SourceText({ text }: { text: string }) {
	const say = useSay();
	const chinese = /\p{Script=Han}/u.test(text);
	if (!chinese || say.language === "zh") return <p className="source">{text}</p>;
	return (
		<p className="source">
			{say.ui("in-chinese")} <span lang="zh-CN">{text}</span>
		</p>
	);
}
