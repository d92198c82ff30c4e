import { createHash, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { hasCode, messageOf } from "./store/database/advice.ts";

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where evidence files are kept. */
export type EvidencePlace =
	| { kind: "disk"; folder: string }
	| {
			kind: "s3";
			bucket: string;
			endpoint: string;
			region: string;
			accessKeyId: string;
			secretAccessKey: string;
	  };

/** What the environment settles, checked. Paths are absolute. */
export interface Settings {
	port: number;
	host: string;
	dataDir: string;
	/** `null`: the embedded database in `dataDir`. Carries a password: never log it. */
	databaseUrl: string | null;
	/** 32 bytes; encrypts personal data and keys its look-ups. */
	secretKey: Buffer;
	packsDir: string | null;
	/** YAML naming the real services behind the ports; null: everything is pretended. */
	portsFile: string | null;
	evidence: EvidencePlace;
	/** The address people reach the server by, without a slash at its end. */
	publicUrl: string;
	logLevel: LogLevel;
	demo: boolean;
	maxUploadBytes: number;
}

export type SettingsResult = { ok: true; settings: Settings } | { ok: false; problems: string[] };

/**
 * Reads the settings from `env`; an empty variable counts as absent. Not ok: one sentence per wrong variable, naming
 * it and what to set.
 *
 * Without SECRET_KEY the embedded database's key is read from DATA_DIR/secret.key, and made there the first time;
 * `newKey: false` (a restore) never makes one.
 */
export function readSettings(env: NodeJS.ProcessEnv, options: { newKey?: boolean } = {}): SettingsResult {
	const read = new Reader(env);
	const dataDir = resolve(read.text("DATA_DIR") ?? "data");
	const databaseUrl = read.url("DATABASE_URL", ["postgres:", "postgresql:"]);
	const port = read.integer("PORT", 3000, 0, 65_535);
	const draft = {
		port,
		host: read.text("HOST") ?? "127.0.0.1",
		dataDir,
		databaseUrl,
		packsDir: absolute(read.text("PACKS_DIR")),
		portsFile: absolute(read.text("PORTS_FILE")),
		evidence: evidencePlace(read, dataDir),
		publicUrl: (read.url("PUBLIC_URL", ["http:", "https:"]) ?? `http://localhost:${port}`).replace(
			/\/+$/,
			"",
		),
		logLevel: read.oneOf("LOG_LEVEL", logLevels, "info"),
		demo: read.oneOf("DEMO", ["true", "false"], databaseUrl === null ? "true" : "false") === "true",
		maxUploadBytes: read.integer("MAX_UPLOAD_MB", 500, 1, 102_400) * 1024 * 1024,
	};
	// The key comes last: a start that fails for another reason leaves no key behind.
	const given = read.text("SECRET_KEY");
	if (given === null && databaseUrl !== null) {
		read.problems.push(
			`SECRET_KEY is missing: with DATABASE_URL it must be set, to 32 bytes in base64 (${howToMakeOne}), the same for every process.`,
		);
	}
	if (given !== null && !isKey(given))
		read.problems.push(`SECRET_KEY must be 32 bytes in base64 (${howToMakeOne}).`);
	if (read.problems.length > 0) return { ok: false, problems: read.problems };
	const key = given === null ? keyOfFolder(dataDir, options.newKey ?? true) : Buffer.from(given, "base64");
	if (typeof key === "string") return { ok: false, problems: [key] };
	return { ok: true, settings: { ...draft, secretKey: key } };
}

/** Names a key without giving it away: 16 hex digits. */
export function keyFingerprint(secretKey: Buffer): string {
	return createHash("sha256").update("redress key fingerprint").update(secretKey).digest("hex").slice(0, 16);
}

const howToMakeOne = "make one with: openssl rand -base64 32";

/** Takes single variables out of the environment and notes what is wrong with them. */
class Reader {
	readonly problems: string[] = [];
	readonly #env: NodeJS.ProcessEnv;

	constructor(env: NodeJS.ProcessEnv) {
		this.#env = env;
	}

	text(name: string): string | null {
		return this.#env[name]?.trim() || null;
	}

	required(name: string, why: string): string {
		const value = this.text(name);
		if (value === null) this.problems.push(`${name} is missing: set it, because ${why}.`);
		return value ?? "";
	}

	integer(name: string, usual: number, least: number, most: number): number {
		const value = this.text(name);
		if (value === null) return usual;
		const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
		if (number >= least && number <= most) return number;
		this.problems.push(
			`${name} is "${value}": set a whole number from ${least} to ${most} (usual: ${usual}).`,
		);
		return usual;
	}

	oneOf<T extends string>(name: string, choices: readonly T[], usual: T): T {
		const value = this.text(name);
		if (value === null) return usual;
		const choice = choices.find((each) => each === value.toLowerCase());
		if (choice === undefined) this.problems.push(`${name} is "${value}": set one of ${choices.join(", ")}.`);
		return choice ?? usual;
	}

	/** The value isn't repeated in the sentence: it may hold a password. */
	url(name: string, protocols: readonly string[]): string | null {
		const value = this.text(name);
		if (value === null) return null;
		const url = URL.canParse(value) ? new URL(value) : null;
		if (url !== null && protocols.includes(url.protocol)) return value;
		this.problems.push(
			`${name} is not an address: it must start with ${protocols.map((p) => `${p}//`).join(" or ")}.`,
		);
		return null;
	}
}

function evidencePlace(read: Reader, dataDir: string): EvidencePlace {
	if (read.oneOf("EVIDENCE", ["disk", "s3"], "disk") === "disk") {
		return { kind: "disk", folder: join(dataDir, "evidence") };
	}
	const why = "EVIDENCE is s3";
	const endpoint = read.url("S3_ENDPOINT", ["http:", "https:"]);
	if (endpoint === null && read.text("S3_ENDPOINT") === null) read.required("S3_ENDPOINT", why);
	return {
		kind: "s3",
		bucket: read.required("S3_BUCKET", why),
		endpoint: endpoint ?? "",
		region: read.required("S3_REGION", why),
		accessKeyId: read.required("S3_ACCESS_KEY_ID", why),
		secretAccessKey: read.required("S3_SECRET_ACCESS_KEY", why),
	};
}

function absolute(path: string | null): string | null {
	return path === null ? null : resolve(path);
}

function isKey(text: string): boolean {
	return /^[A-Za-z0-9+/]{43}=?$/.test(text) && Buffer.from(text, "base64").length === 32;
}

/** The key kept in the data folder, made there if it may be; else a sentence saying what is wrong. */
function keyOfFolder(dataDir: string, mayMake: boolean): Buffer | string {
	const file = join(dataDir, "secret.key");
	try {
		return parseKeyFile(file);
	} catch (error) {
		if (!hasCode(error, "ENOENT"))
			return `DATA_DIR: ${file} can't be read (${messageOf(error)}): make it readable.`;
	}
	if (!mayMake) {
		return `SECRET_KEY is missing: set it, or put the secret.key that the data was written with at ${file}.`;
	}
	try {
		makeKeyFile(dataDir, file);
		return parseKeyFile(file);
	} catch (error) {
		return `DATA_DIR is "${dataDir}", where no key can be kept (${messageOf(error)}): set a folder that can be written.`;
	}
}

function parseKeyFile(file: string): Buffer | string {
	const text = readFileSync(file, "utf8").trim();
	if (isKey(text)) return Buffer.from(text, "base64");
	return `DATA_DIR: ${file} does not hold 32 bytes in base64: put the right key back, for without it personal data can't be read.`;
}

/** On disk before it is used; of two processes the first wins. */
function makeKeyFile(dataDir: string, file: string): void {
	mkdirSync(dataDir, { recursive: true });
	let handle: number;
	try {
		handle = openSync(file, "wx", 0o600);
	} catch (error) {
		if (hasCode(error, "EEXIST")) return;
		throw error;
	}
	try {
		writeSync(handle, `${randomBytes(32).toString("base64")}\n`);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
