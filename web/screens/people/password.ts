/** Letters and digits that are not mistaken for one another when they are read out or copied by hand. */
const LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A password for somebody to sign in with the first time: four groups of four, about 92 bits. */
export function newPassword(): string {
	const bytes = new Uint8Array(1);
	const letters: string[] = [];
	while (letters.length < 16) {
		crypto.getRandomValues(bytes);
		// the rest would make the first letters likelier than the last
		const [byte = 255] = bytes;
		if (byte < Math.floor(256 / LETTERS.length) * LETTERS.length)
			letters.push(LETTERS[byte % LETTERS.length] ?? "");
	}
	return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join("")).join("-");
}
