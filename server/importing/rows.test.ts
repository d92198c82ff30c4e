import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ImportMap } from "./map.ts";
import { keyOf, type Row, readRows, shapeOf, survey } from "./rows.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "redress-rows-"));
});
afterAll(() => rm(folder, { recursive: true }));

const MAP = {
	file: { encoding: "utf-8" },
	verbatim: { column: ["text"], join: "\n" },
	channel: { value: "phone", join: "\n" },
	parties: [],
	flags: {},
} as unknown as ImportMap;

async function rowsOf(
	name: string,
	content: string | Buffer,
	file: ImportMap["file"] = MAP.file,
): Promise<Row[]> {
	const path = join(folder, name);
	await writeFile(path, content);
	const rows: Row[] = [];
	for await (const row of readRows(path, shapeOf(path, file))) rows.push(row);
	return rows;
}

test("JSON lines: a mark of byte order, blank lines and \\r\\n are no rows; other line signs stand inside texts", async () => {
	const rows = await rowsOf("a.jsonl", '\uFEFF{"text":"一"}\r\n\n  \n{"text":"二\u2028三"}');
	expect(rows.map(({ line, values }) => [line, values])).toEqual([
		[1, { text: "一" }],
		[4, { text: "二\u2028三" }],
	]);
});

test("JSON lines that hold no object say why", async () => {
	const rows = await rowsOf("b.jsonl", '{"text":\n[1]\n"x"\nnull\n');
	expect(rows.map((one) => one.values)).toEqual([null, null, null, null]);
	expect(rows[0]?.problem).toMatch(/^the line is not JSON: /);
	expect(rows.slice(1).map((one) => one.problem)).toEqual(Array(3).fill("the line holds no JSON object"));
});

test("a line of a rejects file stands for the row in it", async () => {
	const rows = await rowsOf(
		"c.jsonl",
		'{"line":7,"reasons":["x"],"row":{"text":"一"}}\n{"line":7,"row":{"text":"一"}}\n',
	);
	expect(rows.map((one) => one.values)).toEqual([{ text: "一" }, { line: 7, row: { text: "一" } }]);
});

test("CSV: quotation marks, line ends inside them, and records that don't fit the header", async () => {
	const rows = await rowsOf("d.csv", '\uFEFFid,text\n1,"他说""不送""\n第二行"\n\n2\n3,a,b,c\n4,5" 的箱子\n');
	expect(rows.map(({ line, values, problem }) => ({ line, values, problem }))).toEqual([
		{ line: 2, values: { id: "1", text: '他说"不送"\n第二行' }, problem: null },
		{ line: 4, values: { id: "2", text: "" }, problem: "1 cells, where the header has 2" },
		{
			line: 6,
			values: { id: "3", text: "a", "(beyond the header)": ["b", "c"] },
			problem: "4 cells, where the header has 2",
		},
		{ line: 7, values: { id: "4", text: '5" 的箱子' }, problem: null },
	]);
});

test("gzipped, tab-separated, and in another encoding", async () => {
	const rows = await rowsOf("e.tsv.gz", gzipSync("id\ttext\n1\t一,二\n"));
	expect(rows.map((one) => one.values)).toEqual([{ id: "1", text: "一,二" }]);
	// 投诉 in GB 18030
	const gb = Buffer.concat([Buffer.from("text\n"), Buffer.from([0xcd, 0xb6, 0xcb, 0xdf, 0x0a])]);
	const other = await rowsOf("f.csv", gb, { encoding: "gb18030" });
	expect(other.map((one) => one.values)).toEqual([{ text: "投诉" }]);
	await expect(rowsOf("f.csv", gb)).rejects.toThrow("is not written in utf-8: say in the map how it is");
});

test("a file that can't be read to its end is refused with what to do", async () => {
	await expect(rowsOf("g.csv", 'id,text\n1,"never closed\n2,b\n')).rejects.toThrow(
		/record that begins at line 2: .*Mend it/s,
	);
	await expect(rowsOf("h.csv", "text,text\na,b\n")).rejects.toThrow('two columns are called "text"');
	const whole = gzipSync(`{"text":"${"x".repeat(10_000)}"}\n`);
	await expect(rowsOf("i.jsonl.gz", whole.subarray(0, 30))).rejects.toThrow("can't be read to its end");
	await expect(rowsOf("j.jsonl", `{"text":"${"x".repeat(4_100_000)}`)).rejects.toThrow("line 1: longer than");
	expect(() => shapeOf("complaints.xlsx", MAP.file)).toThrow("neither .jsonl");
});

test("a row is known by its key, or by its line and content", async () => {
	const [first, second] = await rowsOf("k.jsonl", '{"id":7,"text":"一"}\n{"text":"二"}\n');
	const map = { ...MAP, key: "id" };
	expect(keyOf(first!, map)).toBe("key:7");
	expect(keyOf(second!, map)).toMatch(/^line:2:[0-9a-f]{64}$/);
	expect(keyOf(first!, MAP)).toMatch(/^line:1:[0-9a-f]{64}$/);
});

test("a survey counts the rows and names columns that the file has not", async () => {
	const path = join(folder, "l.jsonl");
	await writeFile(path, '{"text":"一"}\nnot JSON\n{"text":"二"}\n');
	const shape = shapeOf(path, MAP.file);
	expect(await survey(path, shape, MAP)).toMatchObject({
		rows: 3,
		sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
	});
	const map = { ...MAP, key: "nummer", wished: MAP.verbatim };
	await expect(survey(path, shape, map)).rejects.toThrow(
		"has what the map names: nummer (for key). Correct the map.",
	);
	await expect(survey(join(folder, "nowhere.jsonl"), shape, MAP)).rejects.toThrow("can't be read");
});
