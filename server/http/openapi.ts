import type { App, Edge } from "./app.ts";
import { type ApiDocument, docsPage } from "./openapi-page.ts";
import { commandSchemas } from "./schemas.ts";

type Json = Record<string, unknown>;

/** The whole interface as an OpenAPI 3.1 document, every route and every command, and a page to read it. */
export function openapiRoutes(app: App, _edge: Edge): void {
	let made: ApiDocument | null = null;
	const document = () => {
		made ??= completed(app.swagger() as unknown as ApiDocument);
		return made;
	};
	const tags = ["documentation"];
	app.get("/api/openapi.json", { schema: { summary: "This interface as OpenAPI 3.1", tags } }, async () =>
		document(),
	);
	app.get("/api/docs", { schema: { summary: "This interface to read", tags } }, async (_request, reply) =>
		reply.type("text/html; charset=utf-8").send(docsPage(document())),
	);
}

/** Adds what routes don't say themselves: the commands one by one, forms with files, problems, ways to sign in. */
function completed(found: ApiDocument): ApiDocument {
	const document = structuredClone(found);
	const commands = commandSchemas();
	const schemas: Json = { ...document.components?.schemas, Problem };
	for (const { type, schema } of commands) schemas[type] = asCommand(type, schema);
	document.components = { ...document.components, schemas, securitySchemes: SECURITY };
	document.security = [{ key: [] }, { link: [] }, { session: [] }];
	const names = commands.map((one) => one.type).filter((type) => type !== "FileComplaint");
	const ref = (type: string) => `#/components/schemas/${type}`;
	setBody(document, "/api/cases/{id}/commands", "application/json", {
		oneOf: names.map((type) => ({ $ref: ref(type) })),
		discriminator: {
			propertyName: "type",
			mapping: Object.fromEntries(names.map((type) => [type, ref(type)])),
		},
	});
	const filing = commands.find((one) => one.type === "FileComplaint")?.schema ?? {};
	setBody(document, "/api/complaints", "application/json", asFiling(filing));
	setBody(document, "/api/cases/{id}/evidence", "multipart/form-data", asForm(schemas.AddEvidence as Json));
	for (const operations of Object.values(document.paths))
		for (const operation of Object.values(operations))
			operation.responses = { ...operation.responses, "4XX": PROBLEM };
	return document;
}

function setBody(document: ApiDocument, path: string, type: string, schema: Json): void {
	const operation = document.paths[path]?.post;
	if (operation) operation.requestBody = { required: true, content: { [type]: { schema } } };
}

function asCommand(type: string, { $schema: _, ...schema }: Json): Json {
	const { properties = {}, required = [] } = schema as { properties?: Json; required?: string[] };
	const expected = {
		type: "integer",
		minimum: 0,
		description: "Refuse if the case has changed since this seq",
	};
	return {
		...schema,
		properties: { type: { const: type }, expected, ...properties },
		required: ["type", ...required],
	};
}

function asFiling({ $schema: _, ...schema }: Json): Json {
	const { properties = {}, required = [] } = schema as { properties?: Json; required?: string[] };
	const pack = { type: "string", description: "The trade's pack" };
	return { ...schema, properties: { pack, ...properties }, required: ["pack", ...required] };
}

function asForm(command: Json): Json {
	const { type: _, expected: __, ...properties } = command.properties as Json;
	const file = { type: "string", format: "binary" };
	return { type: "object", properties: { ...properties, file }, required: ["kind", "title", "file"] };
}

const Problem = {
	type: "object",
	description:
		"RFC 9457. `reason` is one of the closed list of refusals; `fields` says where a request was wrong.",
	properties: {
		type: { type: "string" },
		title: { type: "string" },
		status: { type: "integer" },
		detail: { type: "string" },
		reason: { type: "string" },
		fields: {
			type: "array",
			items: { type: "object", properties: { at: { type: "string" }, problem: { type: "string" } } },
		},
	},
	required: ["type", "title", "status"],
};

const PROBLEM = {
	description: "Refused: why, in the asker's language (Accept-Language)",
	content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

const SECURITY = {
	key: { type: "http", scheme: "bearer", description: "An API key" },
	link: {
		type: "apiKey",
		in: "header",
		name: "Authorization",
		description: "A complainant's link: `Link <token>`",
	},
	session: {
		type: "apiKey",
		in: "cookie",
		name: "redress.session_token",
		description: "Signed in on a page",
	},
};
