import type { Locator, Page } from "playwright-core";
import type { Field } from "../web/form/schema.ts";
import { typedOf } from "../web/parts/money.ts";
import { wallOf } from "../web/parts/time.ts";

/** By clicking and typing, or by keys alone. */
export type Manner = "mouse" | "keyboard";

const ZONE = "Asia/Shanghai";
const OPEN_LIST = ".ant-select-dropdown:not(.ant-select-dropdown-hidden)";
/** More presses of a key than any form needs. */
const MOST_PRESSES = 400;

/** Fills a command's form as people do, from the values that the interface would be given. */
export class FormHands {
	readonly #page: Page;
	readonly #form: Locator;
	readonly #manner: Manner;

	constructor(page: Page, form: Locator, manner: Manner) {
		this.#page = page;
		this.#form = form;
		this.#manner = manner;
	}

	async fill(fields: readonly Field[], values: Record<string, unknown>): Promise<void> {
		const unknown = Object.keys(values).filter((name) => !fields.some((one) => one.name === name));
		if (unknown.length > 0) throw new Error(`the form has no field ${unknown.join(", ")}`);
		for (const field of fields)
			if (values[field.name] !== undefined) await this.#put(field, [field.name], values[field.name]);
	}

	async #put(field: Field, path: readonly (string | number)[], value: unknown): Promise<void> {
		const id = path.join("_");
		switch (field.kind) {
			case "given":
				return;
			case "choice":
			case "one":
			case "yes-no":
				return await this.#choose(id, String(value));
			case "many":
				return await this.#chooseAll(id, value as string[]);
			case "money":
				return await this.#write(id, typedOf(Number(value)));
			case "claim":
				return await this.#write(id, typedOf((value as { amount: number }).amount));
			case "instant":
				return await this.#writeTime(id, wallOf(String(value), ZONE));
			case "list":
				return await this.#records(field, path, value as Record<string, unknown>[]);
			case "shares":
				for (const [bearer, percent] of Object.entries(value as Record<string, number>))
					await this.#share(`${id}_${bearer}`, String(percent));
				return;
			case "facts":
				for (const [fact, one] of Object.entries(value as Record<string, unknown>))
					await this.#putFact(`${id}_${fact}`, one);
				return;
			case "value":
				return await this.#putFact(id, value);
			default:
				return await this.#write(id, String(value));
		}
	}

	/** Whoever seldom bears a share stands under a fold. */
	async #share(id: string, percent: string): Promise<void> {
		const control = this.#control(id);
		await control.waitFor({ state: "attached" });
		if (!(await control.isVisible()))
			await this.#press(
				this.#form
					.locator("details")
					.filter({ has: this.#page.locator(`[id="${id}"]`) })
					.locator("summary"),
			);
		await this.#write(id, percent);
	}

	/** Facts are typed or chosen, as their kind asks; what stands in the page decides. */
	async #putFact(id: string, value: unknown): Promise<void> {
		const control = this.#control(id);
		await control.waitFor({ state: "attached" });
		if ((await control.getAttribute("role")) === "combobox") return await this.#choose(id, String(value));
		if (Array.isArray(value)) return await this.#chooseAll(id, value.map(String));
		const money = await control.evaluate((one) => one.getAttribute("inputmode") === "decimal");
		await this.#write(id, money ? typedOf(Number(value)) : String(value));
	}

	async #records(
		field: Field,
		path: readonly (string | number)[],
		values: readonly Record<string, unknown>[],
	): Promise<void> {
		for (const [n, record] of values.entries()) {
			const add = this.#form.locator(`[data-add="${path.join("_")}"]`);
			await this.#press(add);
			for (const one of field.fields)
				if (record[one.name] !== undefined) await this.#put(one, [...path, n, one.name], record[one.name]);
		}
	}

	async #write(id: string, text: string): Promise<void> {
		const control = this.#control(id);
		await control.waitFor();
		if (this.#manner === "mouse") return await control.fill(text);
		await this.#tabTo(control);
		await this.#page.keyboard.press("Control+a");
		await this.#page.keyboard.insertText(text);
	}

	/** A date-time field takes its figures part after part, in the order of the browser's own language (en-US). */
	async #writeTime(id: string, wall: string): Promise<void> {
		const control = this.#control(id);
		await control.waitFor();
		if (this.#manner === "mouse") return await control.fill(wall);
		await this.#tabTo(control);
		const [year = "", month = "", day = "", hour = "", minute = ""] = wall.split(/[-T:]/);
		await this.#page.keyboard.type(`${month}${day}${year}`);
		await this.#page.keyboard.press("ArrowRight");
		const twelve = String(Number(hour) % 12 || 12).padStart(2, "0");
		await this.#page.keyboard.type(`${twelve}${minute}${Number(hour) < 12 ? "A" : "P"}`);
	}

	async #chooseAll(id: string, values: readonly string[]): Promise<void> {
		for (const one of values) await this.#choose(id, one);
		// a list of several stays open until one goes on
		if ((await this.#control(id).getAttribute("role")) !== "combobox") return;
		if (this.#manner === "keyboard") return await this.#page.keyboard.press("Tab");
		await this.#page.locator(".ant-drawer-title").click();
		await this.#page.locator(OPEN_LIST).waitFor({ state: "hidden" });
	}

	/** Out of a list that opens, or out of buttons side by side. */
	async #choose(id: string, value: string): Promise<void> {
		const control = this.#control(id);
		await control.waitFor({ state: "attached" });
		if ((await control.getAttribute("role")) === "combobox")
			return await this.#chooseFromList(control, value);
		const one = control.locator(`input[value="${value}"]`);
		if (await one.isChecked()) return;
		if (this.#manner === "mouse") return await one.check({ force: true });
		await this.#tabTo(control.locator("input"));
		if ((await one.getAttribute("type")) === "checkbox") {
			await this.#tabTo(one);
			return await this.#page.keyboard.press("Space");
		}
		if (await one.evaluate((input) => input === document.activeElement))
			return await this.#page.keyboard.press("Space");
		for (let n = 0; n < MOST_PRESSES && !(await one.isChecked()); n++)
			await this.#page.keyboard.press("ArrowDown");
	}

	async #chooseFromList(control: Locator, value: string): Promise<void> {
		const open = async () => (await control.getAttribute("aria-expanded")) === "true";
		if (this.#manner === "keyboard") await this.#tabTo(control);
		if (!(await open())) {
			if (this.#manner === "mouse") await control.click({ force: true });
			else await this.#page.keyboard.press("ArrowDown");
		}
		const option = this.#page.locator(`${OPEN_LIST} [data-value="${value}"]`);
		await option.last().waitFor();
		if (this.#manner === "mouse") return await option.last().click();
		for (let n = 0; !(await isActive(option.last())); n++) {
			if (n > MOST_PRESSES) throw new Error(`${value} is not reached by keys`);
			await this.#page.keyboard.press("ArrowDown");
		}
		await this.#page.keyboard.press("Enter");
	}

	async #press(button: Locator): Promise<void> {
		if (this.#manner === "mouse") return await button.click();
		await this.#tabTo(button);
		await this.#page.keyboard.press("Enter");
	}

	/** On from where one is, until one of these has the focus. */
	async #tabTo(wanted: Locator): Promise<void> {
		for (let n = 0; n < MOST_PRESSES; n++) {
			if (await wanted.evaluateAll((all) => all.includes(document.activeElement as never))) return;
			await this.#page.keyboard.press("Tab");
		}
		throw new Error("it is not reached by the tabulator");
	}

	#control(id: string): Locator {
		return this.#form.locator(`[id="${id}"]`);
	}
}

async function isActive(option: Locator): Promise<boolean> {
	return await option.evaluate((one) => one.classList.contains("ant-select-item-option-active"));
}
