import type { OccupancyReplay, SeatThen } from '$shared/occupancy.ts';

/**
 * A stretch of an event's past that can be wound to any of its moments. Each change remembers what
 * it replaced, so that winding back costs as much as winding on: the changes between.
 */
export class Tape {
	readonly revision: number;
	readonly from: number;
	/** The first moment it does not hold; it may be earlier than was asked for. */
	readonly to: number;
	/** Status by seat index at the moment it is wound to; changes in place. */
	readonly codes: Uint8Array;
	readonly #changes: readonly SeatThen[];
	/** What each change replaced. */
	readonly #before: Uint8Array;
	/** How many changes are applied. */
	#applied = 0;

	constructor({ revision, from, to, codes, changes }: OccupancyReplay) {
		this.revision = revision;
		this.from = from;
		this.to = to;
		this.codes = readCodes(codes);
		this.#changes = changes;
		this.#before = rewindable(this.codes.slice(), changes);
	}

	holds(at: number): boolean {
		return at >= this.from && at < this.to;
	}

	/** Winds to a moment. @returns the seats that may have changed, some of them twice */
	seek(at: number): number[] {
		const target = countUntil(this.#changes, at);
		const moved: number[] = [];
		for (; this.#applied < target; this.#applied++) {
			const [, seat, code] = this.#changes[this.#applied] ?? NOTHING;
			this.codes[seat] = code;
			moved.push(seat);
		}
		while (this.#applied > target) {
			this.#applied--;
			const [, seat] = this.#changes[this.#applied] ?? NOTHING;
			this.codes[seat] = this.#before[this.#applied] ?? 0;
			moved.push(seat);
		}
		return moved;
	}
}

const NOTHING: SeatThen = [0, 0, 0];
const ZERO = '0'.charCodeAt(0);

const readCodes = (digits: string): Uint8Array =>
	Uint8Array.from({ length: digits.length }, (_, seat) => digits.charCodeAt(seat) - ZERO);

/** What each change replaces, when all are applied to `codes` in turn. */
function rewindable(codes: Uint8Array, changes: readonly SeatThen[]): Uint8Array {
	return Uint8Array.from(changes, ([, seat, code]) => {
		const before = codes[seat] ?? 0;
		codes[seat] = code;
		return before;
	});
}

/** How many changes had happened by a moment, its own included. */
function countUntil(changes: readonly SeatThen[], at: number): number {
	let [low, high] = [0, changes.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((changes[middle]?.[0] ?? Infinity) <= at) low = middle + 1;
		else high = middle;
	}
	return low;
}
