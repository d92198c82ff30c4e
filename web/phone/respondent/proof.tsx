import { useEffect } from "react";
import type { Bilingual } from "#engine/packs/words.ts";
import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { AddFiles } from "../parts/photos.tsx";
import { FileList } from "../uploads.tsx";
import { readyToSend } from "../uploads-sending.ts";
import { addFile, dropFile, kindOf, type Shown } from "../uploads-shelf.ts";
import type { PackTold } from "./my-data.ts";
import { readyToRead, usePhotoSays } from "./photo-words.ts";
import { content } from "./words.yaml";

interface Piece {
	id: string;
	name: Bilingual;
	kind: string;
	required: boolean;
	how?: Bilingual | undefined;
}

export interface Recipe {
	id: string;
	name: Bilingual;
	pieces: Piece[];
}

/** The proof that whoever did the work can bring for these kinds of complaint. */
export function recipesOf(sent: PackTold, categories: readonly string[]): Recipe[] {
	const seats: Readonly<Record<string, { side: string }>> = sent.head.seats ?? {};
	const wanted = sent.categories.categories.filter((one) => categories.includes(one.id));
	return [...new Set(wanted.flatMap((one) => one.evidence))].flatMap((id) => {
		const recipe = sent.evidence?.recipes[id];
		return recipe && seats[recipe.from]?.side === "respondent" ? [{ ...recipe, id }] : [];
	});
}

/** A place for each thing that helps, the camera first; and one for whatever else there is. */
export function Proof({
	recipes,
	files,
	about,
}: {
	recipes: readonly Recipe[];
	files: readonly Shown[];
	about: string;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const add = (given: File[], of?: { recipe: Recipe; piece: Piece }) => {
		for (const file of given)
			void addFile({
				...{ about, file, name: file.name, kind: kindOf(file.type) },
				title: of ? say.bi(of.piece.name) : file.name.slice(0, 80) || t("other-proof"),
				...(of ? { recipe: of.recipe.id, piece: of.piece.id } : {}),
			});
	};
	useEffect(() => {
		readyToSend();
		readyToRead();
	}, []);
	const rest = files.filter((one) => !recipes.some((recipe) => recipe.id === one.recipe));
	return (
		<>
			{recipes.map((recipe) => (
				<section key={recipe.id} className="p-card">
					<h3>{say.bi(recipe.name)}</h3>
					{recipe.pieces.map((piece) => (
						<Slot
							key={piece.id}
							piece={piece}
							files={files.filter((one) => one.recipe === recipe.id && one.piece === piece.id)}
							onFiles={(given) => add(given, { recipe, piece })}
						/>
					))}
				</section>
			))}
			<AddFiles
				label={t("other-proof")}
				accept="image/*,video/*,audio/*,application/pdf"
				onFiles={(given) => add(given)}
			/>
			<Files files={rest} />
		</>
	);
}

function Slot({
	piece,
	files,
	onFiles,
}: {
	piece: Piece;
	files: readonly Shown[];
	onFiles: (given: File[]) => void;
}) {
	const t = useRoomWords(content as RoomWords);
	const say = useSay();
	const help = [t(piece.required ? "helps-most" : "if-there-is"), say.bi(piece.how)]
		.filter(Boolean)
		.join(" · ");
	return (
		<div className="r-piece">
			<div className="r-slot">
				<AddFiles
					label={say.bi(piece.name)}
					accept={acceptOf(piece.kind)}
					icon={piece.kind === "video" ? "film" : "camera"}
					camera={piece.kind === "photo" || piece.kind === "video"}
					onFiles={onFiles}
				/>
				{(piece.kind === "photo" || piece.kind === "video") && (
					<AddFiles label={t("from-album")} icon="photo" accept={acceptOf(piece.kind)} onFiles={onFiles} />
				)}
			</div>
			<p className="p-quiet">{help}</p>
			<Files files={files} />
		</div>
	);
}

function Files({ files }: { files: readonly Shown[] }) {
	return (
		<>
			<FileList files={[...files]} onDrop={(id) => void dropFile(id)} />
			{files.map((one) => (
				<Says key={one.id} file={one} />
			))}
		</>
	);
}

/** Time and place as the photo itself has them: they will be compared with the order. */
function Says({ file }: { file: Shown }) {
	const t = useRoomWords(content as RoomWords);
	const says = usePhotoSays(file.file, file.kind);
	if (!says) return null;
	const { taken, position } = says;
	return (
		<p className="p-quiet">
			{taken ? t("photo-taken", { time: taken }) : t("photo-no-time")}
			{" · "}
			{position
				? t("photo-place", { place: `${position.latitude.toFixed(4)}, ${position.longitude.toFixed(4)}` })
				: t("photo-no-place")}
		</p>
	);
}

function acceptOf(kind: string): string {
	if (kind === "photo") return "image/*";
	if (kind === "video") return "video/*,image/*";
	if (kind === "audio") return "audio/*,video/*";
	return "image/*,application/pdf,audio/*,video/*";
}
