import type { SeatCounts } from './picture.ts';

/**
 * An event's seats as the map, its table and its card draw them: now, as `LiveSeats` follows them,
 * or at a moment of the past.
 */
export interface PictureSource {
	/** By seat index; plain arrays that change in place. */
	readonly picture: {
		/** AVAILABLE, HELD, SOLD or OVERDUE, per seat. */
		readonly codes: Uint8Array;
		/** When the hold lapses, ms since the epoch; 0 where there is none or nobody knows. */
		readonly untils: Float64Array;
	};
	/** Rises with every change of the picture; reactive, and what reactive readers follow. */
	readonly version: number;
	/** Reactive; null before the first picture. */
	readonly counts: SeatCounts | null;
	/** The moment of the past that it shows; null while it shows the present. Reactive. */
	readonly past: number | null;
	/** Tells `listener` which seats became another status. @returns stops it */
	subscribe: (listener: (moved: readonly number[]) => void) => () => void;
}
