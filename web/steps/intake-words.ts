import type { RoomWords } from "../words.ts";
import { content } from "./intake-words.yaml";

/** What the pages say while a complaint is taken down. */
export const words = content as RoomWords;
