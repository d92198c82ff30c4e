import { lazy, useEffect } from "react";

/** What lies beyond the list and the cases themselves: not waited for at the first visit, and in the phone soon after it. */

const rooms = {
	act: () => import("./case/acts.tsx"),
	learn: () => import("./learn/learn.tsx"),
	talk: () => import("./learn/talk.tsx"),
	training: () => import("./learn/training.tsx"),
	confirm: () => import("./orders/confirm.tsx"),
	orders: () => import("./orders/orders.tsx"),
	score: () => import("./score.tsx"),
	reach: () => import("../reach/reach.tsx"),
	// asked for first without a network it would not be had until the page is opened anew
	sending: () => import("tus-js-client"),
} as const;

export const Act = lazy(async () => ({ default: (await rooms.act()).Act }));
export const Learn = lazy(async () => ({ default: (await rooms.learn()).Learn }));
export const Talk = lazy(async () => ({ default: (await rooms.talk()).Talk }));
export const Training = lazy(async () => ({ default: (await rooms.training()).Training }));
export const Confirm = lazy(async () => ({ default: (await rooms.confirm()).Confirm }));
export const Orders = lazy(async () => ({ default: (await rooms.orders()).Orders }));
export const Score = lazy(async () => ({ default: (await rooms.score()).Score }));
export const Reach = lazy(async () => ({ default: (await rooms.reach()).Reach }));

const SOON_MS = 3_000;

/** Fetches them once the page stands, so that they open without a network too. */
export function useLater(): void {
	useEffect(() => {
		const timer = setTimeout(() => {
			for (const one of Object.values(rooms)) one().catch(() => {});
		}, SOON_MS);
		return () => clearTimeout(timer);
	}, []);
}
