import { type RoomWords, useRoomWords, useSay } from "../../words.ts";
import { AddFiles } from "../parts/photos.tsx";
import { FileList } from "../uploads.tsx";
import { addFile, dropFile, kindOf, type Shown } from "../uploads-shelf.ts";
import { acceptOf, type Piece, type Recipe } from "./recipes.ts";
import { content } from "./words.yaml";

/** A place for each thing that helps, and one for whatever else there is. */
export function ProofSlots({
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
				about,
				file,
				name: file.name,
				kind: kindOf(file.type),
				title: of ? say.bi(of.piece.name) : file.name.slice(0, 80) || t("other-proof"),
				...(of ? { recipe: of.recipe.id, piece: of.piece.id } : {}),
			});
	};
	const drop = (id: string) => void dropFile(id);
	return (
		<>
			{recipes.map((recipe) => (
				<section key={recipe.id} className="p-card">
					<h3>{say.bi(recipe.name)}</h3>
					{recipe.pieces.map((piece) => {
						const own = files.filter((one) => one.recipe === recipe.id && one.piece === piece.id);
						return (
							<div key={piece.id}>
								<AddFiles
									label={say.bi(piece.name)}
									help={[piece.required ? t("helps-most") : t("if-there-is"), say.bi(piece.how)]
										.filter(Boolean)
										.join(" · ")}
									accept={acceptOf(piece)}
									onFiles={(given) => add(given, { recipe, piece })}
								/>
								<FileList files={own} onDrop={drop} />
							</div>
						);
					})}
				</section>
			))}
			<AddFiles
				label={t("other-proof")}
				accept="image/*,video/*,audio/*,application/pdf"
				onFiles={(given) => add(given)}
			/>
			<FileList
				files={files.filter((one) => !recipes.some((recipe) => recipe.id === one.recipe))}
				onDrop={drop}
			/>
		</>
	);
}
