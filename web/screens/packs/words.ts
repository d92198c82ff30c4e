import type { RoomWords } from "../../words.ts";
import { content } from "./words.yaml";

/** The room's own words. */
export const words = content as RoomWords;
