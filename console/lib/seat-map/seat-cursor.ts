import type { SeatGrid } from './seat-grid.ts';
import { nearestSeat, nextSeat } from './walk.ts';

/** The seat that the keyboard is at, if it is at one; `moved` is told of each step. */
export class SeatCursor {
	readonly #grid: SeatGrid;
	readonly #moved: (seat: number | null) => void;
	#seat: number | null = null;

	constructor(grid: SeatGrid, moved: (seat: number | null) => void) {
		this.#grid = grid;
		this.#moved = moved;
	}

	get seat(): number | null {
		return this.#seat;
	}

	/** Begins at `seat`, or else at the one nearest to a point of the plan. */
	begin(seat: number | null, { x, y }: { x: number; y: number }): void {
		const first = seat ?? nearestSeat(this.#grid, x, y);
		if (first >= 0) this.#put(first);
	}

	/** @returns false when the keyboard is at no seat, and so means the map */
	step(dx: number, dy: number): boolean {
		if (this.#seat === null) return false;
		const next = nextSeat(this.#grid, this.#seat, dx, dy);
		if (next >= 0) this.#put(next);
		return true;
	}

	/** @returns whether there was a seat to leave */
	leave(): boolean {
		if (this.#seat === null) return false;
		this.#put(null);
		return true;
	}

	#put(seat: number | null): void {
		this.#seat = seat;
		this.#moved(seat);
	}
}
