type Control = HTMLInputElement | HTMLTextAreaElement;

/** Where typing begins in a form: its first field that is still empty; without any, a tick or the button. */
export function firstEmpty(form: HTMLElement): HTMLElement | null {
	const fields = form.querySelectorAll<Control>(
		"textarea:not([aria-hidden]), input:not([type=file], [type=hidden], [type=checkbox])",
	);
	const asked = [...fields].filter((one) => one.closest(".command-foot") === null);
	return asked.find(isEmpty) ?? form.querySelector<HTMLElement>("[type=checkbox], [type=submit]");
}

function isEmpty(field: Control): boolean {
	const select = field.closest(".ant-select");
	if (select) return select.querySelector(".ant-select-placeholder") !== null;
	if (field.type === "radio") return field.closest(".ant-radio-group")?.querySelector(":checked") === null;
	return field.value === "";
}
