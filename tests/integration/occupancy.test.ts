import { beforeAll, describe, expect, inject, it } from 'vitest';
import { generateVenue } from '../../scripts/venue/generate.ts';
import type {
	OccupancyChanges,
	OccupancyHead,
	OccupancyReplay,
	OccupancySeries,
	OccupancySnapshot
} from '../../shared/occupancy.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Venue } from '../../shared/venue.ts';
import { editState } from '../support/edit-seat.ts';
import { publishEvent } from '../support/events.ts';
import { call, query } from '../support/nexus.ts';
import {
	actualFlow,
	actualSeats,
	codesOf,
	seriesFlow,
	snapshotSeats,
	storedSeats
} from '../support/occupancy.ts';

const SEATS = 50;
const { urls } = inject('settings');

const refresh = async (event: string): Promise<OccupancyHead> => {
	const { status, body } = await call<OccupancyHead>(`Occupancy/${event}/refresh`);
	expect(status, JSON.stringify(body)).toBe(200);
	return body;
};
const snapshot = async (event: string): Promise<OccupancySnapshot> =>
	(await call<OccupancySnapshot>(`Occupancy/${event}/snapshot`)).body;
const idsOf = async (event: string): Promise<string[]> =>
	(await call<Venue>(`Event/${event}/venue`)).body.seats.map(([id]) => id);
const reserve = async (event: string, id: string | undefined, terms: object = {}) =>
	expect((await call(`Ticket/${event}:${id}/reserve`, { userId: 'ann', ...terms })).status).toBe(
		200
	);

/** Flows since the event was published, once the history has written them. */
const flow = async (event: string) => {
	const range = { from: Date.now() - 600_000, to: Date.now() + 60_000, step: 60 };
	return seriesFlow((await call<OccupancySeries>(`Occupancy/${event}/series`, range)).body);
};

/** A picture that shows what is true by now: a refresh may answer with one a moment old. */
async function expectTrue(event: string): Promise<void> {
	const ids = await idsOf(event);
	await expect
		.poll(async () => {
			await refresh(event);
			return snapshotSeats(ids, await snapshot(event));
		})
		.toEqual(actualSeats(await storedSeats((sql) => query(sql), event)));
}

/** Publishes another plan of an event: its rows in reverse. Waits until it is the one that counts. */
async function republish(event: string): Promise<void> {
	const before = await idsOf(event);
	const { plan, prices, currency } = generateVenue({ seats: SEATS });
	const token = await signOperatorToken(inject('operatorSigningKey'), {
		...{ name: 'tester', role: 'admin' }
	});
	const zones = plan.zones.map((zone) => ({ ...zone, rows: zone.rows.toReversed() }));
	const answer = await call(
		`Event/${event}/publish`,
		{ name: 'Replanned', currency, plan: { ...plan, zones }, prices },
		{ [OPERATOR_HEADER]: token }
	);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	// An isolate goes on with what it knows of an event for a second.
	await expect.poll(() => idsOf(event)).not.toEqual(before);
}

describe('the picture of an event', () => {
	let event: string;
	let ids: string[];

	beforeAll(async () => {
		event = await publishEvent('Occupied', SEATS);
		ids = await idsOf(event);
	});

	it('begins empty with the event’s publication', async () => {
		await expect
			.poll(async () => (await call<OccupancySnapshot>(`Occupancy/${event}/snapshot`)).body)
			.toMatchObject({
				...{ revision: 1, onSale: true, seats: [] },
				counts: { available: SEATS, held: 0, sold: 0, overdue: 0 }
			});
	});

	it('follows its seats, and tells a reader what they missed', async () => {
		const before = await refresh(event);
		await reserve(event, ids[3]);
		const order = { ticketId: `${event}:${ids[5]}`, userId: 'bob', paymentMethod: 'pm_card_visa' };
		expect((await call('Checkout/checkout', order)).status).toBe(200);
		await expectTrue(event);
		const changes = async (since: object) =>
			(await call<OccupancyChanges>(`Occupancy/${event}/changes`, { since })).body;
		const missed = await changes(before);
		expect(missed).toMatchObject({ reset: false, counts: { held: 1, sold: 1 } });
		expect(missed.seats.map(([index]) => index).sort()).toEqual([3, 5]);
		expect(await changes({ revision: 1, version: missed.version })).toMatchObject({
			...{ reset: false, seats: [] }
		});
		// A version that nobody can go on from.
		expect(await changes({ revision: 1, version: 0 })).toMatchObject({ reset: true });
		expect((await changes({ revision: 7, version: missed.version })).seats).toHaveLength(2);
	});

	it('is read once for all who ask at once', async () => {
		const before = await refresh(event);
		const heads = await Promise.all(Array.from({ length: 12 }, () => refresh(event)));
		expect(Math.max(...heads.map(({ scans }) => scans)) - before.scans).toBeLessThanOrEqual(6);
		const key = { 'idempotency-key': `${event}:bucket` };
		const asked = await Promise.all(
			Array.from({ length: 5 }, () => call(`Occupancy/${event}/refresh`, undefined, key))
		);
		expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1);
	});

	it('counts a hold that lapsed, and what became of it, when nobody was watching', async () => {
		const before = await flow(event);
		await reserve(event, ids[7], { holdForMs: 300 });
		// No refresh: the timer alone reads the seats.
		await expect
			.poll(() => flow(event), { timeout: 50_000 })
			.toEqual({ ...before, reserved: before.reserved + 1, expired: before.expired + 1 });
		expect(await flow(event)).toEqual(actualFlow(await storedSeats((sql) => query(sql), event)));
	});

	it('can be wound back to a moment at which it was seen', async () => {
		const seen = await refresh(event).then(() => snapshot(event));
		await reserve(event, ids[9]);
		await expectTrue(event);
		const replay = async () =>
			(
				await call<OccupancyReplay>(`Occupancy/${event}/replay`, {
					from: seen.at,
					to: Date.now() + 60_000
				})
			).body;
		await expect.poll(async () => (await refresh(event), (await replay()).changes)).toHaveLength(1);
		const { codes, changes, revision, from } = await replay();
		expect({ codes, revision, from }).toEqual({
			codes: codesOf(SEATS, seen),
			revision: 1,
			from: seen.at
		});
		expect(changes).toEqual([[expect.any(Number), 9, 1]]);
	});
});

describe('another plan', () => {
	it('moves the seats to their new places, tells readers, and counts nothing twice', async () => {
		const event = await publishEvent('Replanned', SEATS);
		const before = await idsOf(event);
		await reserve(event, before[0]);
		await reserve(event, before[30]);
		await expectTrue(event);
		const old = await snapshot(event);
		const flowBefore = actualFlow(await storedSeats((sql) => query(sql), event));
		await expect.poll(() => flow(event)).toEqual(flowBefore);

		await republish(event);

		await expect.poll(async () => (await refresh(event)).revision).toBe(2);
		await expectTrue(event);
		await reserve(event, before[12]);
		await expectTrue(event);
		const since = { revision: 1, version: old.version };
		const changes = await call<OccupancyChanges>(`Occupancy/${event}/changes`, { since });
		expect(changes.body).toMatchObject({ reset: true, revision: 2 });
		await expect
			.poll(() => flow(event))
			.toEqual({ ...flowBefore, reserved: flowBefore.reserved + 1 });

		// The past is told in the order of the plan that was sold from then.
		const range = { from: old.at, to: Date.now() };
		const past = (await call<OccupancyReplay>(`Occupancy/${event}/replay`, range)).body;
		expect(past).toMatchObject({ revision: 1, codes: codesOf(SEATS, old) });
		expect(past.to).toBeLessThan(range.to);
	});
});

describe('a picture that an older version stored', () => {
	const stateOf = async (event: string): Promise<Record<string, string | undefined>> => {
		const rows = await query<{ key: string; value_utf8?: string }>(
			`SELECT key, value_utf8 FROM state
				WHERE scope IS NULL AND service_name = 'Occupancy' AND service_key = '${event}'`
		);
		return Object.fromEntries(rows.map(({ key, value_utf8: value }) => [key, value]));
	};

	it.each([
		['the same plan', false],
		['another plan', true]
	])('is gone on from with %s, and what it had seen is not counted again', async (_, replan) => {
		const event = await publishEvent('Stored before', SEATS);
		const ids = await idsOf(event);
		await reserve(event, ids[3]);
		const order = { ticketId: `${event}:${ids[5]}`, userId: 'bob', paymentMethod: 'pm_card_visa' };
		expect((await call('Checkout/checkout', order)).status).toBe(200);
		await expectTrue(event);
		const actual = async () => actualFlow(await storedSeats((sql) => query(sql), event));
		await expect.poll(() => flow(event)).toEqual(await actual());

		const { picture = '' } = await stateOf(event);
		const { form, ...head } = JSON.parse(picture) as { form: number };
		expect(form).toBe(2);
		const { seats } = await snapshot(event);
		const until = seats.find(([index]) => index === 3)?.[2] ?? Number.NaN;
		const chunk = { codes: '000102', epochs: [0, 0, 0, 1, 0, 2], base: until, untils: [3, 0] };
		await editState(urls.admin, 'Occupancy', event, { head, 'chunk:0': chunk });
		await expect.poll(async () => Object.keys(await stateOf(event))).toContain('chunk:0');
		expect((await snapshot(event)).seats).toEqual(seats);

		if (replan) await republish(event);
		await reserve(event, ids[7]);
		await expectTrue(event);
		await expect.poll(() => flow(event)).toEqual(await actual());
		const stored = Object.keys(await stateOf(event));
		expect(stored).toEqual(expect.arrayContaining(['picture', 'seats:0']));
		expect(stored).not.toContain('head');
		expect(stored).not.toContain('chunk:0');
	});
});

describe('the timer', () => {
	const timers = (event: string) =>
		query<{ id: string }>(
			`SELECT id FROM sys_invocation_status WHERE scope IS NULL
				AND target_service_name = 'Occupancy' AND target_service_key = '${event}'
				AND target_handler_name = 'sample' AND status = 'scheduled'`
		);

	it('is set again by a refresh after it was killed, and there is one', async () => {
		const event = await publishEvent('Timed', SEATS);
		await expect.poll(() => timers(event)).toHaveLength(1);
		const [first] = await timers(event);
		const killed = await fetch(`${urls.admin}/invocations/${first?.id}/kill`, { method: 'PATCH' });
		expect(killed.ok).toBe(true);
		await expect.poll(() => timers(event)).toEqual([]);
		await expect
			.poll(async () => (await refresh(event), timers(event)), { timeout: 50_000, interval: 500 })
			.toHaveLength(1);
		await refresh(event);
		expect((await timers(event)).map(({ id }) => id)).not.toContain(first?.id);
	});
});

describe('what cannot be answered says why', () => {
	const now = Date.now();
	it.each([
		['nowhere/refresh', undefined, 404, 'No event "nowhere"'],
		['nowhere/snapshot', undefined, 404, 'No event "nowhere"'],
		['nowhere/series', { from: 1, to: 2 }, 404, 'No event "nowhere"'],
		['no%20event/refresh', undefined, 400, 'is not an event ID'],
		['concert-1/series', { from: 2, to: 2 }, 400, 'from must be earlier than to'],
		['concert-1/series', { from: 1, to: 2, step: 7 }, 400, 'step'],
		['concert-1/replay', { from: 2, to: 1 }, 400, 'from must not be later than to'],
		['concert-1/replay', { from: 1, to: 2 }, 404, 'begins at 20'],
		['concert-1/replay', { from: `${now}`, to: now }, 400, 'from'],
		['concert-1/changes', {}, 400, 'since']
	])('%s %o is a %i', async (path, body, status, message) => {
		expect(await call(`Occupancy/${path}`, body)).toMatchObject({
			status,
			body: { message: expect.stringContaining(message) as string }
		});
	});

	it.each(['watch', 'sample'])('%s is not for the public', async (handler) => {
		const { status } = await call(`Occupancy/concert-1/${handler}`, { generation: 1 });
		expect(status).toBe(400);
	});
});
