import { createContext, useContext } from "react";

/** Where within a case something stands: a section of the side panel, or one of the subjects. */
export type Place = { side: "order" | "clocks" | "parties" } | { subject: string };

/** Leads to a place within the case; nothing happens outside of one. */
export const Goes = createContext<(place: Place) => void>(() => {});

export function useGoes(): (place: Place) => void {
	return useContext(Goes);
}

/** Unfolds a section of the side panel and brings it into view. */
export function showSection(name: string): void {
	const section = document.getElementById(`side-${name}`);
	const button = section?.querySelector<HTMLElement>("button[aria-expanded]");
	if (button?.getAttribute("aria-expanded") === "false") button.click();
	section?.scrollIntoView({ block: "start" });
	button?.focus();
}
