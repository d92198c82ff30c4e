/** One set of icons, drawn in lines on a grid of 20. Decoration: the words beside them speak. */
const PATHS = {
	search: "M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM13 13l4 4",
	plus: "M10 4v12M4 10h12",
	back: "M12.5 4.5 7 10l5.5 5.5",
	sun: "M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
	moon: "M16 12.2A6.7 6.7 0 0 1 7.8 4 6.7 6.7 0 1 0 16 12.2Z",
	out: "M8 4H4.5v12H8M8.5 10H17M13.5 6.5 17 10l-3.5 3.5",
	eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5ZM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z",
	file: "M5.5 3h6l3.5 3.5V17h-9.5zM11 3v4h4",
	clock: "M10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM10 6.5V10l2.5 2",
	link: "M8.5 11.5 11.5 8.5M7 9 5 11a2.8 2.8 0 0 0 4 4l2-2M13 11l2-2a2.8 2.8 0 0 0-4-4L9 7",
	check: "M4.5 10.5 8.5 14.5 15.5 6",
	warn: "M10 3.5 17.5 16.5h-15zM10 8.5v4M10 14.3v.4",
	minus: "M4 10h12",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
	return (
		<svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
			<path d={PATHS[name]} />
		</svg>
	);
}
