/** Says that a page did not come whole. The words of the page are what is missing, so these are the only ones here. */
export function sayUnreached(root: HTMLElement): void {
	const text = document.createElement("p");
	text.textContent = "没有连上网络，页面没有打开。No network: the page could not be opened.";
	const again = document.createElement("button");
	again.type = "button";
	again.className = "p-button";
	again.textContent = "再试一次 Try again";
	again.addEventListener("click", () => location.reload());
	const said = document.createElement("div");
	said.setAttribute("role", "alert");
	said.className = "state";
	said.append(text, again);
	root.replaceChildren(said);
}
