type Json = Record<string, unknown>;

/** As much of an OpenAPI 3.1 document as is read here. */
export interface ApiDocument extends Json {
	info: { title: string; description?: string };
	paths: Record<string, Record<string, Operation>>;
	components?: { schemas?: Json; securitySchemes?: Json };
}

export interface Operation {
	summary?: string;
	description?: string;
	tags?: string[];
	parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Json }[];
	requestBody?: { content: Record<string, { schema: Json }>; required?: boolean };
	responses?: Record<string, Json>;
}

/** The interface as one page that needs nothing from elsewhere. */
export function docsPage(document: ApiDocument): string {
	const byTag = new Map<string, [string, string, Operation][]>();
	for (const [path, operations] of Object.entries(document.paths))
		for (const [method, operation] of Object.entries(operations)) {
			const tag = operation.tags?.[0] ?? "other";
			byTag.set(tag, [...(byTag.get(tag) ?? []), [method.toUpperCase(), path, operation]]);
		}
	const tags = [...byTag.keys()].sort();
	const sections = tags.map((tag) => section(tag, byTag.get(tag) ?? []));
	const schemas = Object.entries(document.components?.schemas ?? {}).map(
		([name, schema]) =>
			`<details id="schema-${escaped(name)}"><summary>${escaped(name)}</summary>${code(schema)}</details>`,
	);
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(document.info.title)} API</title><style>${STYLE}</style></head>
<body>
<header><h1>${escaped(document.info.title)} API</h1><p>${escaped(document.info.description ?? "")} <a href="/api/openapi.json">OpenAPI 3.1</a></p>
<nav>${tags.map((tag) => `<a href="#${escaped(tag)}">${escaped(tag)}</a>`).join(" ")} <a href="#schemas">schemas</a></nav></header>
<main>${sections.join("\n")}
<section id="schemas"><h2>schemas</h2>${schemas.join("\n")}</section></main>
</body></html>`;
}

function section(tag: string, operations: readonly [string, string, Operation][]): string {
	const items = operations.map(([method, path, operation]) => item(method, path, operation));
	return `<section id="${escaped(tag)}"><h2>${escaped(tag)}</h2>${items.join("\n")}</section>`;
}

function item(
	method: string,
	path: string,
	{ summary, description, parameters = [], requestBody }: Operation,
): string {
	const rows = parameters.map(
		({ name, in: where, required, schema }) =>
			`<tr><td><code>${escaped(name)}</code></td><td>${escaped(where)}</td><td>${required ? "required" : ""}</td><td>${code(schema ?? {})}</td></tr>`,
	);
	const bodies = Object.entries(requestBody?.content ?? {}).map(
		([type, { schema }]) => `<h4>${escaped(type)}</h4>${code(schema)}`,
	);
	return `<details><summary><b>${method}</b> <code>${escaped(path)}</code> ${escaped(summary ?? "")}</summary>
${description ? `<p>${escaped(description)}</p>` : ""}${rows.length > 0 ? `<table>${rows.join("")}</table>` : ""}${bodies.join("")}</details>`;
}

/** JSON with references turned into links. */
function code(value: unknown): string {
	const text = escaped(JSON.stringify(value, null, 1));
	return `<pre>${text.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>')}</pre>`;
}

function escaped(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;");
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#e3e6ea, #2c3238); --brand: light-dark(#0f6b6b, #4db8b0); }
body { font: 14px/1.5 "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 16px; }
h1 { font-size: 28px; } h2 { font-size: 20px; margin-top: 32px; } h4 { margin: 8px 0; }
a { color: var(--brand); } nav a { margin-right: 12px; }
details { border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; margin: 8px 0; }
summary { cursor: pointer; } summary b { display: inline-block; min-width: 56px; }
pre { overflow-x: auto; font-size: 12px; margin: 4px 0; } td { vertical-align: top; padding: 4px 12px 4px 0; }
`;
