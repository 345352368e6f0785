import { AVAILABLE, HELD, SOLD } from '../../shared/occupancy.ts';
import type { SeatTransition } from '../../shared/seat-history.ts';
import type { Picture, SeatChange } from './picture.ts';
import type { ScannedSeat, Sums } from './scan.ts';
import { KIND, movesOf, soleMove } from './transitions.ts';
import type { Move } from './transitions.ts';

/** The scanned seats that the plan has, by index, and the sums over those it has not. */
export interface Sorted {
	seats: Map<number, ScannedSeat>;
	strays: Sums;
}

export const NO_SUMS: Sums = { epochs: 0, held: 0, sold: 0 };

export function sortSeats(
	scanned: readonly ScannedSeat[],
	indexOf: ReadonlyMap<string, number>
): Sorted {
	const seats = new Map<number, ScannedSeat>();
	const strays = { ...NO_SUMS };
	for (const seat of scanned) {
		const index = indexOf.get(seat.seat);
		if (index !== undefined) {
			seats.set(index, seat);
			continue;
		}
		strays.epochs += seat.epoch;
		if (seat.code === HELD) strays.held++;
		if (seat.code === SOLD) strays.sold++;
	}
	return { seats, strays };
}

/** Seats with transitions that are not accounted for, and that only their histories tell. */
export const untold = (picture: Picture, seats: Sorted['seats']): string[] =>
	[...seats]
		.filter(([index, { epoch }]) => epoch > (picture.epochs[index] ?? 0))
		.filter(([index, seat]) => !toldMove(picture, index, seat))
		.map(([, { seat }]) => seat);

const toldMove = ({ codes, epochs }: Picture, index: number, seat: ScannedSeat) =>
	soleMove(index, { code: codes[index] ?? AVAILABLE, epoch: epochs[index] ?? 0 }, seat);

export interface Difference {
	changes: SeatChange[];
	moves: Move[];
}

interface Found {
	seats: Sorted['seats'];
	histories: ReadonlyMap<string, readonly SeatTransition[]>;
	/** Whether `seats` are all there are: what is missing was never touched, or is gone. */
	complete: boolean;
	/** When the scan began. */
	at: number;
}

/**
 * What turns the picture into the seats that were found, and each transition on the way, exactly
 * once: a seat's epoch in the picture says up to which one they are accounted for.
 */
export function diffSeats(picture: Picture, found: Found): Difference {
	const changes: SeatChange[] = [];
	const moves: Move[] = [];
	for (const [index, seat] of found.seats) {
		if (isSame(picture, index, seat)) continue;
		const told = toldMove(picture, index, seat);
		const history = found.histories.get(seat.seat) ?? [];
		const known = picture.epochs[index] ?? 0;
		const lagging =
			!told && seat.epoch > known && !history.some(({ epoch }) => epoch === seat.epoch);
		// An older version stores a state a moment before its history, and a state that was written from
		// outside has none: a partial scan leaves such a seat to the complete one that follows, which
		// takes what never gets a history as it is.
		if (lagging && !found.complete) continue;
		const own = told ? [told] : movesOf(index, history, known, seat.epoch);
		const last = own.at(-1)?.[3] ?? picture.codes[index] ?? AVAILABLE;
		moves.push(...own);
		if (last !== seat.code)
			moves.push([seat.changedAt || found.at, index, last, seat.code, KIND.other]);
		changes.push([index, seat.code, seat.until, seat.epoch]);
	}
	if (found.complete) dropMissing(picture, found, { changes, moves });
	return { changes, moves };
}

const isSame = ({ codes, untils, epochs }: Picture, index: number, seat: ScannedSeat): boolean =>
	codes[index] === seat.code && untils[index] === seat.until && epochs[index] === seat.epoch;

function dropMissing(picture: Picture, { seats, at }: Found, { changes, moves }: Difference): void {
	picture.epochs.forEach((epoch, index) => {
		const code = picture.codes[index] ?? AVAILABLE;
		if (seats.has(index) || (epoch === 0 && code === AVAILABLE)) return;
		changes.push([index, AVAILABLE, 0, 0]);
		if (code !== AVAILABLE) moves.push([at, index, code, AVAILABLE, KIND.other]);
	});
}

/** Whether the picture and the seats outside the plan add up to what is stored. */
export function addsUp({ codes, epochs }: Picture, strays: Sums, sums: Sums): boolean {
	let [epoch, held, sold] = [strays.epochs, strays.held, strays.sold];
	epochs.forEach((each) => (epoch += each));
	codes.forEach((code) => {
		if (code === HELD) held++;
		if (code === SOLD) sold++;
	});
	return epoch === sums.epochs && held === sums.held && sold === sums.sold;
}
