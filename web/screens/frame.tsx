import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { ask, problemIn, type Session } from "../api.ts";
import { useKey } from "../keys.ts";
import { Icon } from "../parts/icon.tsx";
import { LiveLine } from "../parts/live-line.tsx";
import { Failure, Waiting } from "../parts/states.tsx";
import { sessionQuery } from "../queries.ts";
import { type Room, roomsFor } from "../rooms.ts";
import { useShade } from "../shade.tsx";
import { useSay } from "../words.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { phonePathFor } from "./phone-path.ts";
import { Who } from "./who.ts";

const SignIn = lazy(async () => ({ default: (await import("./sign-in.tsx")).SignIn }));
const SearchPalette = lazy(async () => ({ default: (await import("./search.tsx")).SearchPalette }));
const KeySheet = lazy(async () => ({ default: (await import("./key-sheet.tsx")).KeySheet }));

/**
 * Around every room: who is signed in, the search, and the way back. Where a session has run out the door stands before
 * the room, which is kept as it was: nothing typed is lost. Somebody else finds the room anew.
 */
export function Frame() {
	const session = useQuery(sessionQuery);
	const [last, setLast] = useState<Session | null>(null);
	if (session.data && session.data !== last) setLast(session.data);
	const inside = session.data ?? last;
	// a line cut for a moment is no reason to take the room away
	if (session.isPending) return <Waiting />;
	if (session.isError && !inside)
		return <Failure problem={problemIn(session.error)} again={() => session.refetch()} />;
	// whoever works on the road has their own pages, on a phone
	if (session.data?.kind === "respondent") return <ToPhone />;
	const out = session.data === null;
	return (
		<>
			{out && (
				<Suspense fallback={<Waiting />}>
					<SignIn />
				</Suspense>
			)}
			{session.data && <LiveLine person={session.data.person} />}
			{inside && (
				<div key={inside.person} hidden={out} inert={out}>
					<Who value={inside}>
						<Rooms session={inside} />
					</Who>
				</div>
			)}
		</>
	);
}

/** Leads on to the page of whoever is complained of: to the same case there, when it was a case that was asked for. */
function ToPhone() {
	const asked = useLocation({ select: ({ pathname }) => phonePathFor(pathname) });
	useEffect(() => location.replace(asked), [asked]);
	return <Waiting />;
}

function Rooms({ session }: { session: Session }) {
	const say = useSay();
	const [searching, setSearching] = useState(false);
	const [sheet, setSheet] = useState(false);
	const rooms = roomsFor(session.capabilities);
	const { person } = session;
	useEffect(() => {
		// what a lost line or an expired session kept from the server goes there now
		import("../form/draft.ts").then(({ sendLeftDrafts }) => sendLeftDrafts(person ?? "")).catch(() => {}); // the line is gone again: the next opening makes up for it
	}, [person]);
	useKey("mod+k", say.ui("search"), () => setSearching(true));
	useKey("?", say.ui("keys"), () => setSheet(true));
	return (
		<>
			<a className="skip" href="#room">
				{say.ui("skip")}
			</a>
			<header className="head">
				<Link to="/" className="brand">
					{say.ui("product")}
				</Link>
				<nav aria-label={say.ui("product")}>
					{rooms.map((room) => (
						<RoomLink key={room.to} room={room} />
					))}
				</nav>
				<Button
					className="head-search"
					icon={<Icon name="search" size={16} />}
					onClick={() => setSearching(true)}
					aria-keyshortcuts="Control+K Meta+K"
				>
					{say.ui("search")} <kbd>Ctrl K</kbd>
				</Button>
				<Settings session={session} />
			</header>
			<main id="room" tabIndex={-1}>
				<Suspense fallback={<Waiting />}>
					<Outlet />
				</Suspense>
			</main>
			<Suspense fallback={null}>
				{searching && <SearchPalette onClose={() => setSearching(false)} />}
				{sheet && <KeySheet onClose={() => setSheet(false)} />}
			</Suspense>
		</>
	);
}

/** The way to a room, and its key. The inbox stays marked while one of its cases is open. */
function RoomLink({ room }: { room: Room }) {
	const say = useSay();
	const navigate = useNavigate();
	useKey(`g>${room.key}`, say.ui(room.name), () => void navigate({ to: room.to }));
	const inCase = useLocation({ select: ({ pathname }) => pathname.startsWith("/cases/") });
	return (
		<Link
			to={room.to}
			activeOptions={{ exact: room.to === "/", includeSearch: false }}
			className={room.to === "/" && inCase ? "active" : undefined}
		>
			{say.ui(room.name)}
		</Link>
	);
}

function Settings({ session }: { session: Session }) {
	const say = useSay();
	const leave = useMutation({
		mutationFn: () => ask("DELETE", "/api/session"),
		// nothing of what was read stays behind
		onSuccess: () => location.assign("/"),
	});
	return (
		<div className="head-own">
			<LanguageSwitch />
			<ShadeSwitch />
			<span className="head-name" title={session.roles.map((one) => say.of("roles", one)).join(" · ")}>
				{session.name}
			</span>
			<Button
				type="text"
				icon={<Icon name="out" />}
				aria-label={say.ui("sign-out")}
				title={say.ui("sign-out")}
				loading={leave.isPending}
				onClick={() => leave.mutate()}
			/>
		</div>
	);
}

function ShadeSwitch() {
	const say = useSay();
	const { shade, change } = useShade();
	const other = shade === "dark" ? "light" : "dark";
	return (
		<Button
			type="text"
			icon={<Icon name={other === "dark" ? "moon" : "sun"} />}
			aria-label={say.ui(`shade-${other}`)}
			title={say.ui(`shade-${other}`)}
			onClick={() => change(other)}
		/>
	);
}
