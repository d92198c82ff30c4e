import type { Player } from "./player.ts";
import { crushedParcel } from "./stories/crushed-parcels.ts";
import { damagedFreight } from "./stories/damaged-freight.ts";
import { misdelivered } from "./stories/misdelivered-parcel.ts";
import { missedFlight } from "./stories/missed-flight.ts";
import { notCarried } from "./stories/not-carried.ts";
import { refusedRide } from "./stories/refused-ride.ts";

/** The cases told in the seed documents, each played to its end through real commands. */
export interface Story {
	pack: string;
	daysAgo: number;
	play: (player: Player) => Promise<void>;
}

export const STORIES: readonly Story[] = [
	{ pack: "roadside-rescue", daysAgo: 19, play: missedFlight },
	{ pack: "express", daysAgo: 6, play: misdelivered },
	{ pack: "freight-hailing", daysAgo: 9, play: notCarried },
	{ pack: "ride-hailing", daysAgo: 4, play: refusedRide },
	{ pack: "logistics-enterprise", daysAgo: 24, play: damagedFreight(true) },
	{ pack: "logistics-enterprise", daysAgo: 16, play: damagedFreight(false) },
	{ pack: "express", daysAgo: 1.8, play: crushedParcel("honest") },
	{ pack: "express", daysAgo: 0.6, play: crushedParcel("copied") },
];
