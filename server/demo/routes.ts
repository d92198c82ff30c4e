import type { App } from "../http/app.ts";
import { demoAccounts } from "./accounts.ts";

/** The demo's accounts for the sign-in page; mounted only where DEMO is on. */
export function demoRoutes(app: App): void {
	app.get("/api/demo", { schema: { summary: "The accounts of the demo", tags: ["demo"] } }, async () => ({
		accounts: demoAccounts(),
	}));
}
