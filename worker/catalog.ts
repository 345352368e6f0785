import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env, waitUntil } from 'cloudflare:workers';
import { isKeyPart, parseSeatKey } from '../shared/seat-key.ts';
import type { SeatKey } from '../shared/seat-key.ts';
import type { Venue, VenueSeat } from '../shared/venue.ts';
import { PATIENCE_MS, useOf } from './catalog-freshness.ts';
import type { Freshness } from './catalog-freshness.ts';

/** What a seat handler needs to know of a published event. */
export interface CatalogEvent {
	id: string;
	name: string;
	revision: number;
	currency: string;
	onSale: boolean;
	/** Most tickets one user may have; null for no limit. */
	ticketLimit: number | null;
	venue: Venue;
	seats: ReadonlyMap<string, VenueSeat>;
}

interface EventRow {
	name: string;
	revision: number;
	currency: string;
	on_sale: number;
	ticket_limit: number | null;
}

/**
 * Of all known layouts together: each seat takes some 300 bytes, and an isolate has 128 MB for
 * everything. The event that was asked for last is kept however large it is.
 */
const MAX_SEATS = 200_000;

/** For an event that nothing is known of: its layout may be large, and its seats wait meanwhile. */
const FIRST_PATIENCE_MS = 5_000;

/** How often one who waits for another's answer looks for it. */
const LOOK_MS = 20;

interface Known extends Freshness {
	event: CatalogEvent;
}

/**
 * Published events by ID, per isolate. A revision's layout never changes, so it is read once;
 * the small row beside it (on sale, revision) is read again after a second. Only what was read is
 * kept, never a read under way: it would belong to the request that began it and die with it.
 */
const known = new Map<string, Known>();

/**
 * The event, or undefined when none of that ID is published.
 *
 * @throws TerminalError 503 when the catalog cannot be read and nothing is known of the event: a
 * seat that waited for D1 would keep everything else about it waiting
 */
export async function findEvent(id: string): Promise<CatalogEvent | undefined> {
	if (!isKeyPart(id)) return undefined;
	const entry = known.get(id);
	if (!entry) return readFirst(id);
	switch (useOf(entry, Date.now())) {
		case 'use':
			return entry.event;
		case 'refresh':
			waitUntil(readAgain(entry));
			return entry.event;
		case 'ask':
			return readAgain(entry);
		case 'follow':
			return follow(entry);
	}
}

async function readFirst(id: string): Promise<CatalogEvent | undefined> {
	const reading = readAndRemember(id, undefined);
	try {
		return await inTime(reading, FIRST_PATIENCE_MS);
	} catch (error) {
		throw new TerminalError(`The event catalog is not reachable, try again: ${String(error)}`, {
			errorCode: 503
		});
	}
}

/**
 * Reads an event again, or goes on with what is known of it when D1 does not answer in time. A late
 * answer is kept all the same: a new layout may be large.
 */
async function readAgain(entry: Known): Promise<CatalogEvent | undefined> {
	entry.askedAt = Date.now();
	const reading = readAndRemember(entry.event.id, entry.event);
	try {
		return await inTime(reading, PATIENCE_MS);
	} catch {
		// What the seats themselves decide does not depend on it.
		entry.failedAt = Date.now();
		return entry.event;
	}
}

async function readAndRemember(
	id: string,
	before: CatalogEvent | undefined
): Promise<CatalogEvent | undefined> {
	const readAt = Date.now();
	const event = await readEvent(id, before);
	if (event) remember(event, readAt);
	return event;
}

/** What a reading comes to, where it does in time; it goes on all the same. @throws when it does not */
async function inTime<T>(reading: Promise<T>, patienceMs: number): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('D1 took too long')), patienceMs);
	});
	waitUntil(reading.catch(() => undefined));
	try {
		return await Promise.race([reading, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** What comes of another request's question; that request's own promise is not to be waited for. */
async function follow(entry: Known): Promise<CatalogEvent | undefined> {
	const { id } = entry.event;
	const deadline = Date.now() + PATIENCE_MS;
	while (known.get(id) === entry && entry.failedAt < entry.askedAt && Date.now() < deadline)
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	return (known.get(id) ?? entry).event;
}

function remember(event: CatalogEvent, readAt: number): void {
	if ((known.get(event.id)?.readAt ?? 0) > readAt) return;
	known.delete(event.id);
	known.set(event.id, { event, readAt, askedAt: readAt, failedAt: 0 });
	let seats = 0;
	for (const entry of known.values()) seats += entry.event.seats.size;
	for (const [oldest, entry] of known) {
		if (seats <= MAX_SEATS || oldest === event.id) return;
		known.delete(oldest);
		seats -= entry.event.seats.size;
	}
}

/** What a seat costs whoever takes it now. */
export interface Offer {
	/** Minor units of `currency`. */
	price: number;
	currency: string;
	/** Ms since the epoch. */
	at: number;
}

export const offerOf = ({ venue, currency }: CatalogEvent, seat: VenueSeat): Offer => ({
	price: venue.categories[seat[6]]?.price ?? 0,
	currency,
	at: Date.now()
});

/** The event and the seat that a seat key names. @throws TerminalError 400 for a malformed key */
export function partsOf(key: string): SeatKey {
	const parts = parseSeatKey(key);
	if (parts) return parts;
	throw new TerminalError(
		`"${key}" is not a seat key: give <event>:<seat>, each of A-Z a-z 0-9 . _ -`,
		{ errorCode: 400 }
	);
}

/**
 * What the catalog knows of a seat and its event.
 *
 * @throws TerminalError 400 for a malformed key, 404 for an event or seat that does not exist
 */
export async function findSeat(
	key: string
): Promise<{ event: CatalogEvent; seat: VenueSeat; parts: SeatKey }> {
	const parts = partsOf(key);
	const event = await findEvent(parts.eventId);
	if (!event) throw new TerminalError(`No event "${parts.eventId}"`, { errorCode: 404 });
	const seat = event.seats.get(parts.seatId);
	if (!seat)
		throw new TerminalError(`Event "${parts.eventId}" has no seat "${parts.seatId}"`, {
			errorCode: 404
		});
	return { event, seat, parts };
}

async function readEvent(
	id: string,
	before: CatalogEvent | undefined
): Promise<CatalogEvent | undefined> {
	const row = await env.DB.prepare(
		'SELECT name, revision, currency, on_sale, ticket_limit FROM events WHERE id = ?'
	)
		.bind(id)
		.first<EventRow>();
	if (!row) return undefined;
	const { venue, seats } =
		before?.revision === row.revision ? before : await catalogued(id, row.revision);
	return {
		id,
		name: row.name,
		revision: row.revision,
		currency: row.currency,
		onSale: row.on_sale === 1,
		ticketLimit: row.ticket_limit,
		venue,
		seats
	};
}

async function catalogued(
	id: string,
	revision: number
): Promise<Pick<CatalogEvent, 'venue' | 'seats'>> {
	const venue = await readLayout(id, revision);
	return { venue, seats: new Map(venue.seats.map((seat) => [seat[0], seat])) };
}

/** The layout of one revision, also of one that is no longer sold from. */
export async function readLayout(id: string, revision: number): Promise<Venue> {
	const { results } = await env.DB.prepare(
		'SELECT body FROM layouts WHERE event_id = ? AND revision = ? ORDER BY part'
	)
		.bind(id, revision)
		.all<{ body: string }>();
	return JSON.parse(results.map(({ body }) => body).join('')) as Venue;
}
