import type { Message } from "#server/ports/notifier.ts";

/** The message as a simple page that every mail programme shows: one column, no pictures, nothing loaded. */
export function letterHtml({ title, text, link, language }: Message): string {
	const zh = language.startsWith("zh");
	const paragraphs = text.split(/\n+/).map((one) => `<p style="margin:0 0 16px">${linked(one)}</p>`);
	const open = zh ? "查看进度" : "See the case";
	// the link stands in the text where the wording has it; a button only where it does not
	const button =
		link && !text.includes(link)
			? `<p style="margin:24px 0"><a href="${escaped(link)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#0F6B6B;color:#FFFFFF;text-decoration:none">${open}</a></p>`
			: "";
	return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title ?? "")}</title></head>
<body style="margin:0;background:#F6F7F8;color:#1A1F24;font:16px/1.6 'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei','Noto Sans CJK SC',system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#FFFFFF">
${title ? `<h1 style="margin:0 0 16px;font-size:20px">${escaped(title)}</h1>` : ""}${paragraphs.join("\n")}${button}
</div></body></html>`;
}

/** Text with its web addresses as links. */
function linked(text: string): string {
	return text
		.split(/(https?:\/\/[\w./~%?&=#:@+-]+)/)
		.map((part, n) =>
			n % 2 === 1 ? `<a href="${escaped(part)}" style="color:#0F6B6B">${escaped(part)}</a>` : escaped(part),
		)
		.join("");
}

function escaped(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;");
}
