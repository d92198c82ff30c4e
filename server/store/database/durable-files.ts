import { constants, fdatasyncSync, fsyncSync } from "node:fs";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** The parts of Emscripten's NODEFS used here; they are internals of PGlite, hence the exact version in package.json. */
interface NodeFiles {
	stream_ops: { fsync?: (stream: { nfd: number; node: { mode: number } }) => number };
}

type Init = Awaited<ReturnType<NodeFS["init"]>>;

/**
 * PGlite's file system with a real fsync. As shipped, the server runs with fsync off and its file system has no such
 * operation: committed rows would survive a killed process, but not a power cut.
 */
export class DurableFiles extends NodeFS {
	/** How many times the server had something forced to disk. */
	syncs = 0;

	override async init(...[db, options]: Parameters<NodeFS["init"]>): Promise<Init> {
		const { emscriptenOpts } = await super.init(db, options);
		const install: NonNullable<typeof emscriptenOpts.preRun>[number] = (module) => {
			const files = module.NODEFS as unknown as Partial<NodeFiles> | undefined;
			if (files?.stream_ops === undefined) throw new Error("this version of PGlite cannot be made durable");
			files.stream_ops.fsync = (stream) => {
				// Only a full fsync is sure to keep the names in a folder.
				if ((stream.node.mode & constants.S_IFMT) === constants.S_IFDIR) fsyncSync(stream.nfd);
				else fdatasyncSync(stream.nfd);
				this.syncs += 1;
				return 0;
			};
		};
		return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), install] } };
	}
}

/**
 * Start options for a server on `files` that waits for the disk at every commit. `wal_sync_method` matters: Emscripten
 * has an fdatasync of its own that does nothing.
 */
export function durableOptions(files: DurableFiles): PGliteOptions {
	const usual = PGlite.defaultStartParams.filter((parameter) => parameter !== "-F");
	return { fs: files, startParams: [...usual, "-c", "fsync=on", "-c", "wal_sync_method=fsync"] };
}

/** Throws unless a checkpoint of `db` reached the disk through `files`. */
export async function proveDurable(db: PGlite, files: DurableFiles): Promise<void> {
	const before = files.syncs;
	await db.exec("CHECKPOINT");
	const { rows } = await db.query(
		"SELECT current_setting('fsync') || current_setting('wal_sync_method') AS how",
	);
	const [first] = rows as { how: string }[];
	if (files.syncs > before && first?.how === "onfsync") return;
	throw new Error("this version of PGlite does not force its files to disk");
}
