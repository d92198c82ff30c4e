import { createRequire } from "node:module";
import type { Position } from "#engine/photo-flags.ts";

// a CommonJS package whose types tell of an ES module: imported as such, they would be wrong
const gcoord = createRequire(import.meta.url)("gcoord") as typeof import("gcoord")["default"];

/** By which map a position is given: satellites and cameras; Chinese maps; Baidu's. They are some hundred metres apart. */
export const DATUMS = ["WGS-84", "GCJ-02", "BD-09"] as const;
export type Datum = (typeof DATUMS)[number];

const SYSTEMS = { "WGS-84": gcoord.WGS84, "GCJ-02": gcoord.GCJ02, "BD-09": gcoord.BD09 } as const;

/** A position as cameras write it. */
export function toWgs84({ latitude, longitude }: Position, datum: Datum): Position {
	if (datum === "WGS-84") return { latitude, longitude };
	const [east, north] = gcoord.transform([longitude, latitude], SYSTEMS[datum], gcoord.WGS84);
	return { latitude: north ?? latitude, longitude: east ?? longitude };
}
