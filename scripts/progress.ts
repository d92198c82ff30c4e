import { Presets, SingleBar } from "cli-progress";

/** How far a script has come: a bar on a terminal, elsewhere a line at the first step and every few seconds. */
export interface Shown {
	/** `counted` of them were done by this run: only those count for the rate. */
	at(done: number, counted: number, rest: string): void;
	end(): void;
}

const LINE_EVERY_MS = 3_000;

/**
 * @param total 0: not known
 * @param what is counted, in the plural: rows, histories
 * @param begun by performance.now(), for the rate
 */
export function showProgress(total: number, what: string, begun = performance.now()): Shown {
	const rate = (counted: number) => Math.round((counted * 1000) / Math.max(1, performance.now() - begun));
	return process.stderr.isTTY ? bar(total, what, rate) : lines(total, what, rate);
}

function bar(total: number, what: string, rate: (counted: number) => number): Shown {
	const drawn = new SingleBar(
		{ format: `{bar} {value}/{total} ${what}, {rate}/s{rest}`, stream: process.stderr, hideCursor: true },
		Presets.shades_classic,
	);
	drawn.start(total, 0, { rate: 0, rest: "" });
	return {
		at: (done, counted, rest) => {
			if (done > drawn.getTotal()) drawn.setTotal(done);
			drawn.update(done, { rate: rate(counted), rest });
		},
		end: () => drawn.stop(),
	};
}

function lines(total: number, what: string, rate: (counted: number) => number): Shown {
	let next = performance.now();
	return {
		at: (done, counted, rest) => {
			if (performance.now() < next) return;
			next = performance.now() + LINE_EVERY_MS;
			console.error(`${done}${total > 0 ? `/${total}` : ""} ${what}, ${rate(counted)}/s${rest}`);
		},
		end: () => {},
	};
}
