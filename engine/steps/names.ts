import { z } from "zod";

/** The fourteen steps of a complaint, in their natural order. */
export const STEPS = [
	"intake",
	"triage",
	"contact",
	"investigation",
	"responsibility",
	"remedy",
	"approval",
	"execution",
	"closure",
	"follow-up",
	"appeal",
	"proceedings",
	"reputation",
	"improvement",
] as const;
export const StepName = z.enum(STEPS);
export type StepName = z.output<typeof StepName>;

/** The four tracks advance independently of one another. */
export const TRACKS = ["customer", "fault", "outside", "consequence"] as const;
export type Track = (typeof TRACKS)[number];

/** Which track each step belongs to. */
export const TRACK_OF: Record<StepName, Track> = {
	intake: "customer",
	triage: "customer",
	contact: "customer",
	investigation: "fault",
	responsibility: "fault",
	remedy: "customer",
	approval: "customer",
	execution: "customer",
	closure: "customer",
	"follow-up": "customer",
	appeal: "fault",
	proceedings: "outside",
	reputation: "consequence",
	improvement: "consequence",
};
