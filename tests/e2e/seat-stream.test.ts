import { describe, expect, inject, it } from 'vitest';
import type { OccupancyHead, OccupancyReplay, OccupancySeries } from '../../shared/occupancy.ts';
import type { Venue } from '../../shared/venue.ts';
import { publishEvent } from '../support/events.ts';
import { call } from '../support/nexus.ts';

const { urls } = inject('settings');
const SEATS = 50;

interface Told {
	id: string | undefined;
	event: string | undefined;
	data: { seats?: [number, number][]; codes?: string; revision?: number };
}

/** Reads a stream until a message is the one looked for. @returns that message */
async function until(event: string, isIt: (told: Told) => boolean, lastId?: string): Promise<Told> {
	const response = await fetch(`${urls.console}/events/${event}/stream`, {
		...(lastId === undefined ? {} : { headers: { 'last-event-id': lastId } })
	});
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toContain('text/event-stream');
	let text = '';
	const decoder = new TextDecoder();
	for await (const bytes of response.body ?? []) {
		text += decoder.decode(bytes, { stream: true });
		const messages = text.split('\n\n');
		text = messages.pop() ?? '';
		const found = messages.map(readMessage).find(isIt);
		// Leaving the loop closes the stream.
		if (found) return found;
	}
	throw new Error('the stream ended');
}

function readMessage(text: string): Told {
	const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
	return {
		id: field('id'),
		event: field('event'),
		data: JSON.parse(field('data') ?? '{}') as Told['data']
	};
}

const first = () => true;
const get = (path: string) => fetch(`${urls.console}/events/${path}`);

describe('the stream of an event’s seats', () => {
	it('begins with a snapshot, beats, and is resumed where it broke', async () => {
		const event = await publishEvent('Streamed', SEATS);
		const { seats } = (await call<Venue>(`Event/${event}/venue`)).body;
		const whole = await until(event, first);
		expect(whole).toMatchObject({ event: 'snapshot', data: { codes: '0'.repeat(SEATS) } });
		expect((await until(event, (told) => told.event === 'beat')).data.revision).toBe(1);

		const reserved = await call(`Ticket/${event}:${seats[7]?.[0]}/reserve`, 'nobody-is-told-of-me');
		expect(reserved.status).toBe(200);
		const missed = await until(event, ({ data }) => (data.seats ?? []).length > 0, whole.id);
		expect(missed.event).toBe('delta');
		expect(missed.data.seats).toEqual([[7, 1, expect.any(Number)]]);
		expect(JSON.stringify(missed)).not.toContain('nobody');
		// What never was a position of this picture cannot be gone on from.
		expect((await until(event, first, '1.1')).event).toBe('snapshot');
		expect((await until(event, first, 'nonsense')).event).toBe('snapshot');
	});

	it('costs one reading however many watch', async () => {
		const event = await publishEvent('Watched', SEATS);
		const scans = async () => (await call<OccupancyHead>(`Occupancy/${event}/refresh`)).body.scans;
		const watch = () => until(event, (told) => told.event === 'beat');
		const cost = async (viewers: number) => {
			const before = await scans();
			await Promise.all(Array.from({ length: viewers }, watch));
			return (await scans()) - before;
		};
		// From the snapshot to the first beat: as many readings for eight viewers as for one, give or
		// take those at its ends.
		const alone = await cost(1);
		expect(await cost(8)).toBeLessThan(alone * 4);
	});
});

describe('an event’s past', () => {
	it('is answered by its series and its replay', async () => {
		const event = await publishEvent('Past', SEATS);
		const span = `from=${Date.now() - 60_000}&to=${Date.now() + 60_000}`;
		await expect
			.poll(async () => {
				const series = (await (await get(`${event}/series?${span}`)).json()) as OccupancySeries;
				return series.points.map(({ available }) => available);
			})
			.toContain(SEATS);
		const replay = (await (await get(`${event}/replay?${span}`)).json()) as OccupancyReplay;
		expect(replay).toMatchObject({ revision: 1, codes: '0'.repeat(SEATS), changes: [] });
	});

	it.each([
		['concert-1/series', 400],
		['concert-1/series?from=2&to=1', 400],
		['concert-1/series?from=1&to=2&step=7', 400],
		['concert-1/replay?from=a&to=2', 400],
		['concert-1/replay?from=1&to=2', 404],
		['nowhere/series?from=1&to=2', 404],
		['nowhere/stream', 404]
	])('%s is a %i', async (path, status) => {
		expect((await get(path)).status).toBe(status);
	});
});
