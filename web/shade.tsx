import { App, ConfigProvider } from "antd";
import enGB from "antd/locale/en_GB";
import zhCN from "antd/locale/zh_CN";
import zhTW from "antd/locale/zh_TW";
import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from "react";
import { readStored, store } from "./parts/stored.ts";
import { antTheme, paint, type Shade } from "./theme.ts";
import { useSay } from "./words.ts";

const ShadeNow = createContext<{ shade: Shade; change: (shade: Shade) => void }>({
	shade: "light",
	change: () => {},
});

export function useShade() {
	return useContext(ShadeNow);
}

const LOCALE = { zh: zhCN, tw: zhTW, en: enGB };

function shadeAtFirst(): Shade {
	const stored = readStored("shade");
	if (stored === "light" || stored === "dark") return stored;
	return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** The theme around every page: the shade chosen last, or else the system's. */
export function Shaded({ children }: { children: ReactNode }) {
	const { written } = useSay();
	const [shade, setShade] = useState(shadeAtFirst);
	useLayoutEffect(() => paint(shade, document.documentElement), [shade]);
	const change = (next: Shade) => {
		store("shade", next);
		setShade(next);
	};
	return (
		<ShadeNow value={{ shade, change }}>
			<ConfigProvider
				theme={antTheme(shade)}
				locale={LOCALE[written]}
				form={{ colon: false, requiredMark: "optional" }}
				button={{ autoInsertSpace: false }}
			>
				<App component={false}>{children}</App>
			</ConfigProvider>
		</ShadeNow>
	);
}
