import type { Plugin } from "vite";

/** The pages behind each kind of address of the phones: what they consist of is asked for at once, not file after file. */
const PAGES = {
	"phone-follow.html": ["phone/complainant/complainant.tsx", "phone/complainant/follow/follow.tsx"],
	"phone-complain.html": ["phone/complainant/complainant.tsx", "phone/complainant/complain/complain.tsx"],
	"phone-work.html": ["phone/respondent/respondent.tsx"],
} as const;

/** Each reader waits for their own language alone: phone-first.js, which knows it, asks for it. */
const WORDINGS = {
	zh: "wording/zh-CN.yaml",
	tw: "wording/zh-CN.yaml?tw",
	en: "wording/en.yaml",
} as const;
const FIRST_SCRIPT = 'src="/phone-first.js"';

interface Chunk {
	type: "chunk";
	fileName: string;
	facadeModuleId: string | null;
	imports: string[];
	viteMetadata?: { importedCss: Set<string> };
}

/** Writes a page for each kind of address beside phone.html, which names beforehand all the scripts and styles it needs. */
export function firstLoads(): Plugin {
	return {
		name: "first-loads",
		apply: "build",
		enforce: "post",
		generateBundle: {
			order: "post",
			handler(_, bundle) {
				const html = bundle["phone.html"];
				if (html?.type !== "asset") throw new Error("phone.html is not among what was built");
				const chunks = Object.values(bundle).filter((one) => one.type === "chunk") as unknown as Chunk[];
				for (const [fileName, modules] of Object.entries(PAGES))
					this.emitFile({
						type: "asset",
						fileName,
						source: withWordings(withPreloads(String(html.source), wanted(chunks, modules)), chunks),
					});
			},
		},
	};
}

/** The chunks of some modules with all that they import. */
function wanted(chunks: readonly Chunk[], modules: readonly string[]): Chunk[] {
	const byName = new Map(chunks.map((one) => [one.fileName, one]));
	const found = new Set<Chunk>();
	const take = (one: Chunk | undefined) => {
		if (!one || found.has(one)) return;
		found.add(one);
		for (const name of one.imports) take(byName.get(name));
	};
	for (const module of modules) take(chunkOf(chunks, module));
	return [...found];
}

function chunkOf(chunks: readonly Chunk[], module: string): Chunk {
	const chunk = chunks.find((one) => one.facadeModuleId?.endsWith(module));
	if (!chunk) throw new Error(`no chunk begins with ${module}: it is to be loaded first on a phone`);
	return chunk;
}

/** Tells phone-first.js where the words of each language lie. */
function withWordings(html: string, chunks: readonly Chunk[]): string {
	if (!html.includes(FIRST_SCRIPT)) throw new Error(`phone.html does not have ${FIRST_SCRIPT}`);
	const places = Object.entries(WORDINGS).map(
		([written, module]) => `data-${written}="/${chunkOf(chunks, module).fileName}"`,
	);
	return html.replace(FIRST_SCRIPT, () => [FIRST_SCRIPT, ...places].join(" "));
}

/** Those that phone.html names already are left out. */
function withPreloads(html: string, chunks: readonly Chunk[]): string {
	const scripts = chunks.map((one) => `<link rel="modulepreload" crossorigin href="/${one.fileName}">`);
	const sheets = chunks.flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]);
	const styles = [...new Set(sheets)].map((one) => `<link rel="stylesheet" crossorigin href="/${one}">`);
	const more = [...scripts, ...styles].filter((tag) => !html.includes(fileOf(tag)));
	return html.replace("</head>", () => `\t${more.join("\n\t\t")}\n\t</head>`);
}

function fileOf(tag: string): string {
	return /\/assets\/[^"]*/.exec(tag)?.[0] ?? tag;
}
