import { expect, test } from "vitest";
import { timeReader } from "./times.ts";

const SHANGHAI = "Asia/Shanghai";

function read(format: string, text: string, zone = SHANGHAI): string | null {
	const reader = timeReader(format);
	if (!reader) throw new Error(`no reader for ${format}`);
	return reader(text, zone);
}

test.each([
	["iso", "2026-03-01T11:07:30.250+08:00", "2026-03-01T03:07:30.250Z"],
	["iso", "2026-03-01 11:07:30", "2026-03-01T03:07:30.000Z"],
	["iso", "2026-3-1 9:05", "2026-03-01T01:05:00.000Z"],
	["iso", "2026/03/01", "2026-02-28T16:00:00.000Z"],
	["iso", "2026-03-01 03:07:30Z", "2026-03-01T03:07:30.000Z"],
	["iso", "2026-03-01 03:07:30+00:00", "2026-03-01T03:07:30.000Z"],
	["iso", "2026-03-01 03:07 -0330", "2026-03-01T06:37:00.000Z"],
	["unix-seconds", "1772334450", "2026-03-01T03:07:30.000Z"],
	["unix-milliseconds", "1772334450250", "2026-03-01T03:07:30.250Z"],
	["excel", "46082.4635416667", "2026-03-01T03:07:30.000Z"],
	["yyyy年M月d日 HH:mm", "2026年3月1日 11:07", "2026-03-01T03:07:00.000Z"],
	["dd-MM-yyyy HH:mm", "01-03-2026 11:07", "2026-03-01T03:07:00.000Z"],
	["MM/dd/yyyy hh:mm:ss a", "03/01/2026 12:07:30 AM", "2026-02-28T16:07:30.000Z"],
	["MM/dd/yyyy hh:mm:ss a", "03/01/2026 12:07:30 pm", "2026-03-01T04:07:30.000Z"],
	["yyyy-MM-dd ah:mm", "2026-03-01 下午3:05", "2026-03-01T07:05:00.000Z"],
	["MMMM d, yyyy", "March 1, 2026", "2026-02-28T16:00:00.000Z"],
	["d MMM yyyy HH:mm:ss.SSS", "1 mar 2026 11:07:30.250", "2026-03-01T03:07:30.250Z"],
])("%s reads %s", (format, text, instant) => {
	expect(read(format, text)).toBe(instant);
});

test.each([
	["iso", "yesterday"],
	["iso", "2026-02-30"],
	["iso", "2026-13-01 00:00"],
	["iso", "2026-03-01 24:00"],
	["iso", "0000-01-01"],
	["unix-seconds", "2026-03-01"],
	["unix-seconds", "99999999999999999"],
	["excel", "1.3.2026"],
	["dd-MM-yyyy", "1-3-2026"],
	["dd-MM-yyyy", "31-02-2026"],
	["MM/dd/yyyy hh:mm a", "03/01/2026 13:07 PM"],
])("%s reads nothing from %s", (format, text) => {
	expect(read(format, text)).toBeNull();
});

test("a pattern without year, month and day, or with one of them twice, is none", () => {
	expect(timeReader("HH:mm")).toBeNull();
	expect(timeReader("dd.MM.yyyy dd")).toBeNull();
	expect(timeReader("whatever")).toBeNull();
});

test("a wall time that the clocks skip in spring is the moment at which they skip", () => {
	expect(read("iso", "2026-03-08 02:30", "America/New_York")).toBe("2026-03-08T07:00:00.000Z");
});
