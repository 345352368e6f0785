/** A seeded source of numbers in [0, 1): mulberry32, enough for layouts and load plans. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The items in a random order, in a new list. */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
	const keyed = items.map((item) => ({ item, rank: random() }));
	return keyed.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
