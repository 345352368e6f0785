import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { SeatTransition } from '../../shared/seat-history.ts';
import { findEvent, readLayout } from '../catalog.ts';
import type { CatalogEvent } from '../catalog.ts';
import { queryRestate } from '../gateways/restate-admin.ts';
import { NO_SUMS } from './diff.ts';
import type { Difference } from './diff.ts';
import { allTouched, emptyPicture, remap } from './picture.ts';
import type { Picture, SeatChange } from './picture.ts';
import { findChanges } from './reading.ts';
import type { SeatSource } from './reading.ts';
import { HISTORY_BATCH, historyQuery, readHistories, readScan, scanQuery } from './scan.ts';
import type { HistoryRow, ScanRow, Sums } from './scan.ts';
import { indexOfSeats } from './seat-index.ts';

/** What the last reading left to go on from. */
export interface Known {
	revision: number;
	/** When it began. */
	at: number;
	strays: Sums;
	picture: Picture;
}

/** What a reading found. It is journaled, so it holds only what is different. */
export interface Reading extends Difference {
	revision: number;
	onSale: boolean;
	seats: number;
	at: number;
	scanMs: number;
	strays: Sums;
	/** The known picture in the order of another plan, to be changed; null where the plan is the same. */
	remapped: SeatChange[] | null;
}

/**
 * How far the clocks of two Workers, and the time from a seat's decision to its state, may be
 * apart before a partial scan misses a change, which the sums then tell. Each seat that changed within
 * it is read again, in a sale at full speed hundreds for every second of it.
 */
const MARGIN_MS = 2_000;

/**
 * Reads the event's seats and compares them with what is known.
 *
 * @throws TerminalError 404 for an event that is none
 */
export async function readSeats(eventId: string, known: Known | null): Promise<Reading> {
	const at = Date.now();
	const event = await findEvent(eventId);
	if (!event) throw new TerminalError(`No event "${eventId}"`, { errorCode: 404 });
	const { revision, onSale, venue } = event;
	// Another isolate has seen the new plan; in a moment this one will.
	if (known && revision < known.revision)
		throw new Error(`Event "${eventId}" is at plan ${known.revision}, and this catalog is behind`);
	const samePlan = known?.revision === revision;
	const picture = known
		? samePlan
			? known.picture
			: await remapped(known, event)
		: emptyPicture(venue.seats.length);
	const basis = {
		picture,
		strays: known?.strays ?? NO_SUMS,
		since: known && samePlan ? known.at - MARGIN_MS : null
	};
	const found = await findChanges(sourceOf(eventId), basis, indexOfSeats(venue), at);
	return {
		...found,
		...{ revision, onSale, at, seats: venue.seats.length },
		scanMs: Date.now() - at,
		remapped: samePlan ? null : allTouched(picture)
	};
}

const sourceOf = (eventId: string): SeatSource => ({
	async scan(since) {
		const [row] = await queryRestate<ScanRow>(scanQuery(eventId, since));
		return readScan(row);
	},
	async histories(seats) {
		const histories = new Map<string, SeatTransition[]>();
		for (let from = 0; from < seats.length; from += HISTORY_BATCH) {
			const batch = seats.slice(from, from + HISTORY_BATCH);
			const rows = await queryRestate<HistoryRow>(historyQuery(eventId, batch));
			for (const [seat, history] of readHistories(eventId, rows)) histories.set(seat, history);
		}
		return histories;
	}
});

async function remapped(known: Known, event: CatalogEvent): Promise<Picture> {
	const before = await readLayout(event.id, known.revision);
	const ids = before.seats.map(([id]) => id);
	return remap(known.picture, ids, indexOfSeats(event.venue));
}
