import { AVAILABLE, HELD, SOLD } from '../../shared/occupancy.ts';
import type { SeatStatus } from '../../shared/seat.ts';
import type { SeatTransition } from '../../shared/seat-history.ts';

/** What a transition adds to the flow. A takeover ends a lapsed hold and begins another at once. */
export const KIND = {
	other: 0,
	reserved: 1,
	confirmed: 2,
	released: 3,
	expired: 4,
	takeover: 5
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** One transition of a seat, by the seat's index. */
export type Move = [at: number, index: number, from: number, to: number, kind: Kind];

const CODES: Record<SeatStatus, number> = { AVAILABLE, RESERVED: HELD, SOLD };

export const codeOf = (status: SeatStatus): number => CODES[status];

/**
 * The one transition that a seat went through, where its codes before and after can tell: a free seat
 * was held, or a held one sold. Most of a sale's are, and no history need be looked up for them.
 *
 * @returns undefined where only the history can tell, as when it went through two
 */
export function soleMove(
	index: number,
	before: { code: number; epoch: number },
	now: { code: number; epoch: number; changedAt: number }
): Move | undefined {
	if (now.epoch !== before.epoch + 1 || !now.changedAt) return undefined;
	const kind =
		before.code === AVAILABLE && now.code === HELD
			? KIND.reserved
			: before.code === HELD && now.code === SOLD
				? KIND.confirmed
				: undefined;
	return kind && [now.changedAt, index, before.code, now.code, kind];
}

/**
 * A seat's transitions after epoch `known` up to `epoch`, oldest first.
 *
 * @param history the newest first, as the seat stores it
 */
export function movesOf(
	index: number,
	history: readonly SeatTransition[],
	known: number,
	epoch: number
): Move[] {
	return history
		.map((entry, position) => ({ entry, before: history[position + 1] }))
		.filter(({ entry }) => entry.epoch > known && entry.epoch <= epoch)
		.map(({ entry, before }): Move => [
			entry.at,
			index,
			codeOf(entry.from),
			codeOf(entry.to),
			kindOf(entry, before)
		])
		.reverse();
}

function kindOf({ event, from, actor }: SeatTransition, before: SeatTransition | undefined): Kind {
	switch (event) {
		case 'hold-again':
			return KIND.reserved;
		case 'reserve':
			if (from !== 'RESERVED') return KIND.reserved;
			// The buyer's own checkout takes over their plain hold; somebody else's was a lapsed one.
			return before && before.actor !== actor ? KIND.takeover : KIND.other;
		case 'confirm':
			return KIND.confirmed;
		case 'release':
		case 'force-release':
			return KIND.released;
		case 'expire':
			return KIND.expired;
		case 'extend':
		case 'set-hold-end':
			return KIND.other;
	}
}
