import { createContext, useContext } from "react";
import type { Session } from "../api.ts";

/** Who is signed in, for every room. */
export const Who = createContext<Session | null>(null);

export function useWho(): Session {
	const session = useContext(Who);
	if (!session) throw new Error("a room is open without anybody signed in");
	return session;
}

/** The zone in which a company's times are shown. */
export const ZONE = "Asia/Shanghai";
