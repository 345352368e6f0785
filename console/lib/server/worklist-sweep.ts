import type { D1Database } from '@cloudflare/workers-types';
import { mismatches } from '../worklist/mismatches.ts';
import type { Mismatch } from '../worklist/mismatches.ts';
import type { Admin } from './restate-admin.ts';
import { confirmedSeats, readRows } from './worklist-orders.ts';
import { readSold } from './worklist-restate.ts';

/** Seats that one reading compares. */
const STRETCH = 5000;
/** Seats that do not fit, as many as are looked into. */
const MAX_MISMATCHES = 100;

/** How much of the comparison of sold seats and confirmed orders has been made. */
export interface Coverage {
	/** Seats compared in this stretch. */
	compared: number;
	/** Since when all of them have been compared once more; null before the first time. */
	fullSince: number | null;
}

/**
 * Holds the seats that Restate has sold against those of the confirmed orders in D1, a stretch each
 * time it is asked, round and round: its cost does not grow with the sale. What it found stays until
 * its stretch is compared again.
 */
export class Sweep {
	#after = '';
	#roundAt = 0;
	#fullSince: number | null = null;
	#found: Mismatch[] = [];

	/** @throws UpstreamError */
	async next(admin: Admin, db: D1Database): Promise<{ found: Mismatch[]; coverage: Coverage }> {
		const after = this.#after;
		if (after === '') this.#roundAt = Date.now();
		const [sold, confirmed] = await Promise.all([
			readSold(admin, after, STRETCH),
			readRows<{ seat: string; order: string }>(db, confirmedSeats(after, STRETCH))
		]);
		const upTo = endOf(sold, confirmed);
		const within = ({ seat }: { seat: string }) => upTo === null || seat <= upTo;
		const stretch = mismatches(sold.filter(within), confirmed.filter(within));
		const before = this.#found.filter(({ seat }) => seat <= after || !within({ seat }));
		this.#found = [...before, ...stretch].slice(0, MAX_MISMATCHES);
		this.#after = upTo ?? '';
		if (upTo === null) this.#fullSince = this.#roundAt;
		const compared = sold.filter(within).length;
		return { found: this.#found, coverage: { compared, fullSince: this.#fullSince } };
	}
}

/** Where a stretch ends for which both sides were read; null at the end of all seats. */
function endOf(...sides: readonly { seat: string }[][]): string | null {
	const ends = sides.flatMap((rows) => (rows.length < STRETCH ? [] : [rows.at(-1)?.seat ?? '']));
	return ends.length === 0 ? null : ends.reduce((least, end) => (end < least ? end : least));
}
