import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { SeatTransition } from '../../shared/seat-history.ts';
import type { Venue } from '../../shared/venue.ts';
import { findEvent, readLayout } from '../catalog.ts';
import type { CatalogEvent } from '../catalog.ts';
import { queryRestate } from '../gateways/restate-admin.ts';
import { addsUp, diffSeats, sortSeats, unaccounted } from './diff.ts';
import type { Difference } from './diff.ts';
import { applyChanges, chunkCount, emptyPicture, encodeChunk, remap } from './picture.ts';
import type { Chunk, Picture } from './picture.ts';
import { HISTORY_BATCH, historyQuery, readHistories, readScan, scanQuery } from './scan.ts';
import type { HistoryRow, Scan, ScanRow, Sums } from './scan.ts';
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
	remapped: Chunk[] | null;
}

/**
 * How far the clocks of two Workers, and the time from a seat's decision to its state, may be
 * apart before a partial scan misses a change, which the sums then tell.
 */
const MARGIN_MS = 5_000;

/**
 * Reads the seats that changed since the last reading and compares them with what is known. Where
 * the sums tell that something was missed, and where nothing is known, it reads them all.
 *
 * @throws TerminalError 404 for an event that is none
 */
export async function readSeats(eventId: string, known: Known | null): Promise<Reading> {
	const at = Date.now();
	const event = await findEvent(eventId);
	if (!event) throw new TerminalError(`No event "${eventId}"`, { errorCode: 404 });
	const { revision, onSale, venue } = event;
	const samePlan = known?.revision === revision;
	const picture = known
		? samePlan
			? known.picture
			: await remapped(known, event)
		: emptyPicture(venue.seats.length);
	const read =
		(samePlan && (await readChanged(eventId, venue, known, at))) ||
		(await readAll(eventId, venue, picture, at));
	return {
		...read,
		revision,
		onSale,
		seats: venue.seats.length,
		at,
		scanMs: Date.now() - at,
		remapped: samePlan ? null : encodeAll(picture)
	};
}

type Read = Difference & { strays: Sums };

/** @returns undefined where the seats do not add up with what a partial scan found */
async function readChanged(
	eventId: string,
	venue: Venue,
	{ picture, strays, at: before }: Known,
	at: number
): Promise<Read | undefined> {
	const { seats: scanned, sums } = await scan(eventId, before - MARGIN_MS);
	const { seats } = sortSeats(scanned, indexOfSeats(venue));
	const histories = await readHistoriesOf(eventId, unaccounted(picture, seats));
	const difference = diffSeats(picture, { seats, histories, complete: false, at });
	return addsUp(withChanges(picture, difference), strays, sums)
		? { ...difference, strays }
		: undefined;
}

async function readAll(eventId: string, venue: Venue, picture: Picture, at: number): Promise<Read> {
	const { seats, strays } = sortSeats((await scan(eventId, null)).seats, indexOfSeats(venue));
	const histories = await readHistoriesOf(eventId, unaccounted(picture, seats));
	return { ...diffSeats(picture, { seats, histories, complete: true, at }), strays };
}

async function scan(eventId: string, since: number | null): Promise<Scan> {
	const [row] = await queryRestate<ScanRow>(scanQuery(eventId, since));
	return readScan(row);
}

async function readHistoriesOf(
	eventId: string,
	seats: readonly string[]
): Promise<Map<string, SeatTransition[]>> {
	const batches = Array.from({ length: Math.ceil(seats.length / HISTORY_BATCH) }, (_, batch) =>
		seats.slice(batch * HISTORY_BATCH, (batch + 1) * HISTORY_BATCH)
	);
	const histories = new Map<string, SeatTransition[]>();
	for (const batch of batches) {
		const rows = await queryRestate<HistoryRow>(historyQuery(eventId, batch));
		for (const [seat, history] of readHistories(eventId, rows)) histories.set(seat, history);
	}
	return histories;
}

function withChanges(picture: Picture, { changes }: Difference): Picture {
	const { codes, untils, epochs } = picture;
	const changed = { codes: codes.slice(), untils: untils.slice(), epochs: epochs.slice() };
	applyChanges(changed, changes);
	return changed;
}

async function remapped(known: Known, event: CatalogEvent): Promise<Picture> {
	const before = await readLayout(event.id, known.revision);
	const ids = before.seats.map(([id]) => id);
	return remap(known.picture, ids, indexOfSeats(event.venue));
}

const encodeAll = (picture: Picture): Chunk[] =>
	Array.from({ length: chunkCount(picture.codes.length) }, (_, n) => encodeChunk(picture, n));
