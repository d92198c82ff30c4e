/**
 * A broken world that the person running the server can mend: the message says what is wrong and what to do, and is
 * to be shown alone, without the stack.
 */
export class AdviceError extends Error {
	override name = "AdviceError";
}

/** Whether `error` carries this code: of the system (`ENOENT`) or of PostgreSQL (`23505`). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
	return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** The words of anything that was thrown. */
export function messageOf(error: unknown): string {
	if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join("; ");
	return error instanceof Error ? error.message : String(error);
}
