import type { VenueModel } from './venue-model.ts';

const SHOWN = 8;

/**
 * The seats that `text` may mean, the likeliest first, at most eight: a seat's ID, or the beginning
 * of one, or words such as `Stalls A 7`, the last of them a seat's number, the one before it a row.
 */
export function searchSeats(
	{ seats, sectionNames, indexOf }: Pick<VenueModel, 'seats' | 'sectionNames' | 'indexOf'>,
	text: string
): number[] {
	const wanted = text.trim().toLowerCase();
	if (wanted === '') return [];
	const exact = indexOf.get(text.trim());
	if (exact !== undefined) return [exact];
	const words = wanted.split(/[\s,·/]+/).filter((word) => word !== 'row' && word !== 'seat');
	const ranked: { seat: number; rank: number }[] = [];
	seats.forEach(([id, section, row, number], seat) => {
		const rank = rankOf(wanted, words, id.toLowerCase(), {
			section: (sectionNames[section] ?? '').toLowerCase(),
			row: row.toLowerCase(),
			number: number.toLowerCase()
		});
		if (rank !== undefined) ranked.push({ seat, rank });
	});
	return ranked
		.sort((a, b) => a.rank - b.rank || a.seat - b.seat)
		.slice(0, SHOWN)
		.map(({ seat }) => seat);
}

function rankOf(
	wanted: string,
	words: readonly string[],
	id: string,
	{ section, row, number }: { section: string; row: string; number: string }
): number | undefined {
	if (id === wanted) return 0;
	const place = [...section.split(/\s+/), row, number];
	const last = place.slice(-words.length);
	if (words.length >= 2 && words.every((word, at) => word === last[at])) return 1;
	return id.startsWith(wanted) ? 2 : undefined;
}
