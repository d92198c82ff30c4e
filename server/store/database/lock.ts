import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { AdviceError, hasCode } from "./advice.ts";

/** Who holds the lock. `started` tells two processes with the same number apart; null where it can't be found out. */
interface Holder {
	pid: number;
	started: string | null;
	host: string;
}

/**
 * Takes the lock `file` for this process and answers the function that gives it back. Taken over from a process that
 * has ended; never from a living one, and never from another machine or container, whose processes can't be seen.
 *
 * @throws AdviceError saying who holds it and what to do.
 */
export function takeLock(file: string): () => void {
	const own = JSON.stringify({
		pid: process.pid,
		started: startOf(process.pid),
		host: hostname(),
	} satisfies Holder);
	while (!createWith(file, own)) {
		const found = contentOf(file);
		if (found === null) continue;
		refuseLiving(file, parseHolder(file, found));
		takeOver(file, found, own);
		break;
	}
	return () => {
		if (contentOf(file) === own) rmSync(file);
	};
}

/** Only the one process that made `file.taken` may replace the dead holder's lock, and only if it is still there. */
function takeOver(file: string, found: string, own: string): void {
	const permit = `${file}.taken`;
	const inTheWay = `Another process is just opening this data folder. If none is, delete ${permit} and start again.`;
	if (!createWith(permit, own)) throw new AdviceError(inTheWay);
	try {
		if (contentOf(file) !== found) throw new AdviceError(inTheWay);
		const draft = `${file}.${process.pid}`;
		writeFileSync(draft, own);
		renameSync(draft, file);
	} finally {
		rmSync(permit);
	}
}

function createWith(file: string, content: string): boolean {
	try {
		const handle = openSync(file, "wx");
		writeSync(handle, content);
		closeSync(handle);
		return true;
	} catch (error) {
		if (hasCode(error, "EEXIST")) return false;
		throw error;
	}
}

function contentOf(file: string): string | null {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		if (hasCode(error, "ENOENT")) return null;
		throw error;
	}
}

function parseHolder(file: string, content: string): Holder {
	try {
		const { pid, started, host } = JSON.parse(content) as Partial<Holder>;
		if (typeof pid === "number" && typeof host === "string") return { pid, host, started: started ?? null };
	} catch {
		// Said below: a lock that was cut short is no licence to go on.
	}
	throw new AdviceError(
		`The lock ${file} can't be read. If no server uses this data folder, delete it and start again.`,
	);
}

function refuseLiving(file: string, holder: Holder): void {
	if (holder.host !== hostname()) {
		throw new AdviceError(
			`The data folder is in use by process ${holder.pid} on "${holder.host}", which can't be seen from here. ` +
				`If that one has been stopped for good, delete ${file} and start again.`,
		);
	}
	if (!isAlive(holder)) return;
	throw new AdviceError(
		`The data folder is in use by process ${holder.pid} (${file}). ` +
			"Stop that server first, or set another DATA_DIR; for several processes on the same data set DATABASE_URL.",
	);
}

function isAlive(holder: Holder): boolean {
	try {
		process.kill(holder.pid, 0);
	} catch (error) {
		return !hasCode(error, "ESRCH");
	}
	const started = startOf(holder.pid);
	return started === null || holder.started === null || started === holder.started;
}

/** When a process started, in words only good for comparing; "ended" for one that waits to be buried; null: unknown. */
function startOf(pid: number): string | null {
	try {
		if (process.platform !== "linux")
			return execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`])
				.toString()
				.trim();
		const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
			.replace(/^.*\) /s, "")
			.split(" ");
		if (fields[0] === "Z" || fields[0] === "X") return "ended";
		return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[19]}`;
	} catch {
		return null;
	}
}
