/** Where on the phone of whoever is complained of an address of the desk leads. */
export function phonePathFor(path: string): string {
	const kase = /^\/cases\/([^/]+)/.exec(path)?.[1];
	return kase ? `/m/case/${kase}` : "/m";
}
