/** Counters and durations of this process, in Prometheus' text format (version 0.0.4). No label names a company or a person. */

type Labels = Readonly<Record<string, string>>;

/** Upper bounds in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class Counter {
	readonly #name: string;
	readonly #help: string;
	readonly #values = new Map<string, number>();

	constructor(name: string, help: string) {
		this.#name = name;
		this.#help = help;
	}

	add(labels: Labels, by = 1): void {
		const key = written(labels);
		this.#values.set(key, (this.#values.get(key) ?? 0) + by);
	}

	text(): string {
		const lines = [...this.#values].map(([labels, value]) => `${this.#name}${labels} ${value}`);
		return head(this.#name, this.#help, "counter", lines);
	}
}

export class Durations {
	readonly #name: string;
	readonly #help: string;
	readonly #values = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>();

	constructor(name: string, help: string) {
		this.#name = name;
		this.#help = help;
	}

	add(labels: Labels, seconds: number): void {
		const key = written(labels);
		const known = this.#values.get(key) ?? { labels, counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
		for (const [n, most] of BUCKETS.entries())
			if (seconds <= most) known.counts[n] = (known.counts[n] ?? 0) + 1;
		known.sum += seconds;
		known.count += 1;
		this.#values.set(key, known);
	}

	text(): string {
		const lines = [...this.#values.values()].flatMap(({ labels, counts, sum, count }) => [
			...BUCKETS.map((le, n) => `${this.#name}_bucket${written({ ...labels, le: String(le) })} ${counts[n]}`),
			`${this.#name}_bucket${written({ ...labels, le: "+Inf" })} ${count}`,
			`${this.#name}_sum${written(labels)} ${sum}`,
			`${this.#name}_count${written(labels)} ${count}`,
		]);
		return head(this.#name, this.#help, "histogram", lines);
	}
}

/** A figure read at the moment of asking. */
export function gauge(name: string, help: string, values: readonly (readonly [Labels, number])[]): string {
	const lines = values.map(([labels, value]) => `${name}${written(labels)} ${value}`);
	return head(name, help, "gauge", lines);
}

function head(name: string, help: string, type: string, lines: readonly string[]): string {
	return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function written(labels: Labels): string {
	const pairs = Object.entries(labels).map(
		([name, value]) =>
			`${name}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`,
	);
	return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}
