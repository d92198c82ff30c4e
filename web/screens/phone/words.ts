import type { RoomWords } from "../../words.ts";
import { content } from "./words.yaml";

/** What the room of the phone says. */
export const words = content as RoomWords;
