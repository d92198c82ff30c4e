import type { ThemeConfig } from "antd";

/** The one place where the product's colours, sizes and fonts are named. Light and dark from the same names. */
const LIGHT = {
	ground: "#F6F7F8",
	panel: "#FFFFFF",
	line: "#E3E6EA",
	ink: "#1A1F24",
	"ink-2": "#56606B",
	"ink-3": "#66707B",
	brand: "#0F6B6B",
	complainant: "#2459A8",
	respondent: "#8A5A00",
	late: "#B3261E",
	soon: "#9A5B00",
	good: "#1E7A3C",
	/** Grounds behind text in the colour of the same name. */
	"brand-ground": "#E7F2F1",
	"complainant-ground": "#E9F0FA",
	"respondent-ground": "#FAF1E1",
	"late-ground": "#FBEAE9",
	"soon-ground": "#FBF2E4",
	"internal-ground": "#F1F2F4",
	/** The edge of things one can press or type in: 3:1 against the panel. */
	edge: "#8A939D",
};
type Token = keyof typeof LIGHT;

const DARK: Record<Token, string> = {
	ground: "#14171A",
	panel: "#1B1F23",
	line: "#2C3238",
	ink: "#E8EBEE",
	"ink-2": "#A4ADB7",
	"ink-3": "#8B95A0",
	brand: "#4DB8B0",
	complainant: "#7FB0F5",
	respondent: "#E3B04B",
	late: "#FF8A80",
	soon: "#FFC069",
	good: "#6FD08C",
	"brand-ground": "#1A2F2E",
	"complainant-ground": "#1C2839",
	"respondent-ground": "#312819",
	"late-ground": "#3A2220",
	"soon-ground": "#33291A",
	"internal-ground": "#22272C",
	edge: "#737D88",
};

export type Shade = "light" | "dark";
const TOKENS: Record<Shade, Record<Token, string>> = { light: LIGHT, dark: DARK };

const FONTS =
	'"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** Makes the tokens of a shade known to the style sheet, as `--ink` and so on. */
export function paint(shade: Shade, root: HTMLElement): void {
	for (const [name, value] of Object.entries(TOKENS[shade])) root.style.setProperty(`--${name}`, value);
	root.style.setProperty("--fonts", FONTS);
	root.style.colorScheme = shade;
}

/** The same tokens for the components of Ant Design. Faults of a form are amber: red is kept for late, danger and 特急. */
export function antTheme(shade: Shade): ThemeConfig {
	const token = TOKENS[shade];
	return {
		token: {
			colorPrimary: token.brand,
			colorInfo: token.brand,
			colorLink: token.brand,
			colorSuccess: token.good,
			colorWarning: token.soon,
			colorError: token.soon,
			colorWarningBg: token["soon-ground"],
			colorWarningBorder: token.soon,
			colorBgBase: token.panel,
			colorTextBase: token.ink,
			colorText: token.ink,
			colorTextSecondary: token["ink-2"],
			colorTextTertiary: token["ink-3"],
			colorTextDescription: token["ink-3"],
			colorTextPlaceholder: token["ink-3"],
			colorBgLayout: token.ground,
			colorBgContainer: token.panel,
			colorBgElevated: token.panel,
			colorBorder: token.edge,
			colorBorderSecondary: token.line,
			colorTextLightSolid: shade === "dark" ? "#10201F" : "#FFFFFF",
			borderRadius: 6,
			fontSize: 14,
			fontFamily: FONTS,
			// nothing moves that one has not moved
			motion: false,
		},
		components: {
			// a hard shadow is a bright edge on dark ground
			Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
			Form: { itemMarginBottom: 16, verticalLabelPadding: "0 0 4px" },
			Tabs: { itemSelectedColor: token.brand },
		},
	};
}
