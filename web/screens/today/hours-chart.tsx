import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useShade } from "../../shade.tsx";

use([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

interface Shown {
	hours: { today: number[]; usual: number[] };
	/** The hour that runs: what comes after it has no bar. */
	now: number;
	names: { today: string; usual: string };
	aria: string;
}

/** Today as bars, the usual as a line. Loaded by itself: it brings the drawing along. */
export function HoursChart({ hours, now, names, aria }: Shown) {
	const { shade } = useShade();
	const box = useRef<HTMLDivElement>(null);
	const chart = useRef<EChartsType | null>(null);
	useEffect(() => {
		if (!box.current) return;
		const made = init(box.current, null, { renderer: "svg" });
		chart.current = made;
		const watch = new ResizeObserver(() => made.resize());
		watch.observe(box.current);
		return () => {
			watch.disconnect();
			made.dispose();
		};
	}, []);
	// drawn anew in the colours of the shade
	// biome-ignore lint/correctness/useExhaustiveDependencies: the shade is read from the page's style
	useEffect(() => {
		chart.current?.setOption(optionOf({ hours, now, names, aria }));
	}, [hours, now, names.today, names.usual, aria, shade]);
	return <div className="hours-chart" ref={box} role="img" aria-label={aria} />;
}

function optionOf({ hours, now, names, aria }: Shown) {
	const style = getComputedStyle(document.documentElement);
	const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
	const text = { color: token("ink-2"), fontFamily: token("fonts"), fontSize: 12 };
	return {
		animation: false,
		aria: { enabled: true, label: { description: aria } },
		grid: { left: 36, right: 8, top: 32, bottom: 24 },
		legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: text },
		tooltip: {
			trigger: "axis",
			backgroundColor: token("panel"),
			borderColor: token("line"),
			textStyle: { ...text, color: token("ink") },
		},
		xAxis: {
			type: "category",
			data: hours.today.map((_, hour) => `${hour}:00`),
			axisLine: { lineStyle: { color: token("line") } },
			axisTick: { show: false },
			axisLabel: { ...text, interval: 2 },
		},
		yAxis: {
			type: "value",
			minInterval: 1,
			axisLabel: text,
			splitLine: { lineStyle: { color: token("line") } },
		},
		series: [
			{
				type: "bar",
				name: names.today,
				barWidth: "56%",
				itemStyle: { color: token("brand"), borderRadius: [2, 2, 0, 0] },
				data: hours.today.map((count, hour) => (hour <= now ? count : null)),
			},
			{
				type: "line",
				name: names.usual,
				symbol: "none",
				step: "middle",
				lineStyle: { color: token("edge"), width: 2, type: "dashed" },
				itemStyle: { color: token("edge") },
				data: hours.usual.map((count) => Math.round(count * 10) / 10),
			},
		],
	};
}
