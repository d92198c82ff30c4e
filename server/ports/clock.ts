/** The present moment as an instant in UTC with milliseconds, e.g. `2026-03-01T03:07:30.000Z`. */
export type Clock = () => string;
