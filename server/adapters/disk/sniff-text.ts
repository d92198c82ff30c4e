import { readFile } from "node:fs/promises";

export type TextType = {
	mime: "text/plain" | "text/csv" | "application/json" | "application/gpx+xml";
	charset: "utf-8" | "utf-16le" | "gb18030";
};

/**
 * What kind of text a file holds, or null when it isn't text we take: bytes no text has, or markup other than GPX.
 * Reads the whole file, so the caller bounds its size. Files from Chinese Windows are often GB 18030 without saying so.
 */
export async function sniffText(path: string): Promise<TextType | null> {
	const decoded = decode(await readFile(path));
	if (decoded === null) return null;
	const { charset, text } = decoded;
	const head = text.slice(0, 65_536).trimStart();
	if (isGpx(head.slice(0, 4096))) return { mime: "application/gpx+xml", charset };
	if (/^<[!?a-z]/i.test(head)) return null;
	if (/^[[{]/.test(head) && isJson(text)) return { mime: "application/json", charset };
	return { mime: isTable(head) ? "text/csv" : "text/plain", charset };
}

function decode(content: Buffer): { charset: TextType["charset"]; text: string } | null {
	const charsets: TextType["charset"][] =
		content[0] === 0xff && content[1] === 0xfe ? ["utf-16le"] : ["utf-8", "gb18030"];
	for (const charset of charsets) {
		try {
			const text = new TextDecoder(charset, { fatal: true }).decode(content);
			if (!unlikely[charset].test(text)) return { charset, text };
		} catch {
			// not in this character set; the next one is tried
		}
	}
	return null;
}

/** Characters no text has. GB 18030 turns almost any bytes into something, so private-use characters give it away. */
const unlikely: Record<TextType["charset"], RegExp> = {
	"utf-8": /[\p{Cc}--[\t\n\f\r]]/v,
	"utf-16le": /[\p{Cc}--[\t\n\f\r]]/v,
	gb18030: /[[\p{Cc}\p{Co}]--[\t\n\f\r]]/v,
};

/** Whether the first element, after an XML declaration and comments, is `gpx`. */
function isGpx(head: string): boolean {
	const body = head.replace(/^<\?xml[^>]*\?>/, "").replace(/<!--[\s\S]*?-->/g, "");
	return /^\s*<gpx[\s>]/.test(body);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text.trim());
		return true;
	} catch {
		return false;
	}
}

/** Two lines or more, each with the same number, above none, of commas, semicolons or tabs outside quotes. */
function isTable(head: string): boolean {
	const lines = head
		.replace(/"[^"]*(?:""[^"]*)*"/g, "")
		.split(/\r?\n/)
		.filter((line) => line !== "")
		.slice(0, 20);
	const [first, ...rest] = lines;
	if (first === undefined || rest.length === 0) return false;
	return [",", ";", "\t"].some((mark) => {
		const columns = first.split(mark).length;
		return columns > 1 && rest.every((line) => line.split(mark).length === columns);
	});
}
