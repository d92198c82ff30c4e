// Asks for what the page will show while its scripts are still on their way: on a slow line each question asked in turn
// costs as much as the scripts themselves. web/phone/first.ts takes the answers; what is not asked here is asked there.
(() => {
	const [, room, id = "", act] = location.pathname.split("/");
	const tags = { tw: "zh-TW", en: "en" };
	let written = null;
	try {
		written = localStorage.getItem("redress.language");
	} catch {
		// storage is switched off
	}
	const wording = document.currentScript?.dataset[written ?? "zh"];
	if (wording) {
		const link = document.createElement("link");
		Object.assign(link, { rel: "modulepreload", crossOrigin: "", href: wording });
		document.head.append(link);
	}
	const common = { "accept-language": tags[written] ?? "zh-CN" };
	const answers = {};
	window.redressFirst = answers;
	const ask = (path, headers = {}, body) => {
		answers[path] = fetch(path, {
			method: body ? "POST" : "GET",
			headers: { ...common, ...headers, ...(body ? { "content-type": "application/json" } : {}) },
			body: body ? JSON.stringify(body) : undefined,
		})
			.then((answer) => (answer.ok ? answer.json() : null))
			.catch(() => null);
		return answers[path];
	};
	const name = encodeURIComponent;
	const packOf = ({ name: pack, version }, headers) =>
		ask(`/api/packs/${name(pack)}?version=${name(version)}`, headers);
	const caseOf = (kase, headers) =>
		ask(`/api/cases/${name(kase)}`, headers).then((found) => found && packOf(found.case.pack, headers));
	if (room === "c" && id) {
		const headers = { authorization: `Link ${id}` };
		ask("/api/link", headers, { token: id }).then((opened) => opened && caseOf(opened.case, headers));
	}
	if (room === "m") {
		ask("/api/session");
		if (id === "case" && act) {
			caseOf(act);
			ask(`/api/cases/${name(act)}/coach`);
		} else if (!id) ask("/api/mine").then((mine) => mine?.trade && ask(`/api/packs/${name(mine.trade)}`));
	}
})();
