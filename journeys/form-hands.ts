import type { Locator, Page } from "playwright-core";
import { typedOf } from "../web/parts/money.ts";
import { wallOf } from "../web/parts/time.ts";
import type { Field } from "../web/form/schema.ts";

/** By clicking and typing, or by keys alone. */
export type Manner = "mouse" | "keyboard";

const ZONE = "Asia/Shanghai";
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
				return await this.#choose(id, String(value), field.kind === "one");
			case "yes-no":
				return await this.#choose(id, String(value), false);
			case "many":
				for (const one of value as string[]) await this.#choose(id, one, true);
				return;
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
			await this.#press(this.#form.locator("details").filter({ has: control }).locator("summary"));
		await this.#write(id, percent);
	}

	/** Facts are typed or chosen, as their kind asks; what stands in the page decides. */
	async #putFact(id: string, value: unknown): Promise<void> {
		const control = this.#control(id);
		await control.waitFor({ state: "attached" });
		if ((await control.getAttribute("role")) === "combobox") return await this.#choose(id, String(value), true);
		if (Array.isArray(value)) {
			for (const one of value) await this.#choose(id, String(one), true);
			return;
		}
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

	/** A date-time field takes its figures one part after the other: year, month, day, hour, minute. */
	async #writeTime(id: string, wall: string): Promise<void> {
		const control = this.#control(id);
		await control.waitFor();
		if (this.#manner === "mouse") return await control.fill(wall);
		await this.#tabTo(control);
		const [day = "", time = ""] = wall.split("T");
		await this.#page.keyboard.type(day.replaceAll("-", ""));
		await this.#page.keyboard.press("Tab");
		await this.#page.keyboard.type(time.replace(":", ""));
	}

	/** Out of a list that opens, out of buttons side by side, or several of them. */
	async #choose(id: string, value: string, _known: boolean): Promise<void> {
		const control = this.#control(id);
		await control.waitFor({ state: "attached" });
		if ((await control.getAttribute("role")) === "combobox") return await this.#chooseFromList(control, value);
		const one = control.locator(`input[value="${value}"]`);
		if (await one.isChecked()) return;
		if (this.#manner === "mouse") return await one.click({ force: true });
		await this.#tabTo(control.locator("input"));
		if ((await one.getAttribute("type")) === "checkbox") {
			await this.#tabTo(one);
			return await this.#page.keyboard.press("Space");
		}
		if (await one.evaluate((input) => input === document.activeElement))
			return await this.#page.keyboard.press("Space");
		for (let n = 0; n < MOST_PRESSES && !(await one.isChecked()); n++) await this.#page.keyboard.press("ArrowDown");
	}

	async #chooseFromList(control: Locator, value: string): Promise<void> {
		if (this.#manner === "mouse") await control.click({ force: true });
		else {
			await this.#tabTo(control);
			await this.#page.keyboard.press("ArrowDown");
		}
		const list = this.#page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").last();
		const option = list.locator(`[data-value="${value}"]`);
		await option.waitFor();
		if (this.#manner === "mouse") await option.click();
		else {
			for (let n = 0; !(await isActive(option)); n++) {
				if (n > MOST_PRESSES) throw new Error(`${value} is not reached by keys`);
				await this.#page.keyboard.press("ArrowDown");
			}
			await this.#page.keyboard.press("Enter");
		}
		if ((await list.isVisible()) && (await control.getAttribute("aria-expanded")) === "true")
			await this.#page.keyboard.press("Tab");
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
