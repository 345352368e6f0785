import { afterAll, beforeAll, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { auditStack, isClean, settled } from '../../scripts/audit/audit-stack.ts';
import { EVENT, Site, VISA, DECLINED } from '../../scripts/drills/site.ts';
import { postJson } from '../../scripts/ingress.ts';
import { queryRestate } from '../../scripts/restate-sql.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import { until } from '../../scripts/until.ts';
import type {
	OccupancyHead,
	OccupancyReplay,
	OccupancySeries,
	OccupancySnapshot
} from '../../shared/occupancy.ts';
import type { SeatView } from '../../shared/seat-history.ts';
import type { Venue } from '../../shared/venue.ts';
import {
	actualFlow,
	actualSeats,
	codesOf,
	seriesFlow,
	snapshotSeats,
	storedSeats
} from '../support/occupancy.ts';

/** A sale during which the gateways fail, the Workers are killed, and restate-server is restarted. */

const BUYERS = 30;
const WALKERS = 10;
const patient = { timeout: 90_000, interval: 300 };

let site: Site;

beforeAll(async () => {
	site = new Site(await startPrivateStack({ service: { vars: { NEXUS_HOLD_MS: '6000' } } }));
});

afterAll(() => site.stack.stop());

const ask = async <T>(handler: string, body?: unknown): Promise<T> =>
	(await postJson(`${site.stack.settings.urls.ingress}/Occupancy/${EVENT}/${handler}`, body)) as T;
const stateRow = z.object({ service_key: z.string(), value_utf8: z.string() });
const stored = () =>
	storedSeats((sql) => queryRestate(site.stack.settings.urls.admin, sql, stateRow), EVENT);
const seen = async (): Promise<OccupancySnapshot> => {
	await ask<OccupancyHead>('refresh');
	return ask<OccupancySnapshot>('snapshot');
};

/** A buyer whose connection breaks asks again, under the same key: it stays one purchase. */
const insist = (userId: string, ticketIds: string[], paymentMethod: string) =>
	until(`an answer for ${userId}`, () =>
		site.buy({ ticketIds, userId, paymentMethod, email: `${userId}@example.com` }, userId)
	);

it(
	'ends with the picture of every seat, every transition counted, and a past that was so',
	{
		timeout: 240_000
	},
	async () => {
		const { service, occupancy, restate, settings } = site.stack;
		const { seats: plan } = (await postJson(
			`${settings.urls.ingress}/Event/${EVENT}/venue`,
			undefined
		)) as Venue;
		const ids = plan.map(([id]) => id);
		const seats = await site.freshSeats(BUYERS + WALKERS);

		// A moment to come back to: what was seen then, while nothing moved.
		const [early = '', ...others] = seats;
		expect((await site.call(`Ticket/${early}/reserve`, 'early')).status).toBe(200);
		const then = await until('the first hold to be seen', async () => {
			const snapshot = await seen();
			return snapshot.seats.length === 1 && snapshot;
		});

		// Somebody watches all the time, as well as they can.
		const watching = new AbortController();
		const watcher = (async () => {
			while (!watching.signal.aborted) {
				await ask('refresh').catch(() => undefined);
				await pause(100);
			}
		})();

		await site.breakGateway({
			payments: { status: 503, times: 15 },
			emails: { status: 500, times: 15 }
		});
		const sale = Promise.all(
			Array.from({ length: BUYERS }, (_, n) => {
				// Every other order overlaps with the one before.
				const wanted = others.slice(n, n + 1 + (n % 2));
				return insist(`buyer-${n}`, wanted, n % 5 === 0 ? DECLINED : VISA);
			})
		);
		const walkers = Promise.all(
			others
				.slice(BUYERS)
				.map((seat, n) =>
					until('a hold', async () => (await site.call(`Ticket/${seat}/reserve`, `w-${n}`)).status)
				)
		);
		await until('some to be sold', async () =>
			(await site.records.statuses(seats)).includes('SOLD')
		);
		await service.kill();
		await occupancy.kill();
		await until(
			'more to be read',
			async () => (await ask<OccupancyHead>('refresh')).version > then.version
		);
		await restate.kill();
		await restate.restart();
		const answers = await sale;
		await walkers;
		await site.mendGateway();
		watching.abort();
		await watcher;
		expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(3);

		await settled(settings);
		await expect
			.poll(
				async () => (await stored()).filter(({ state }) => state.status === 'RESERVED'),
				patient
			)
			.toEqual([]);
		await settled(settings);

		// The picture, seat by seat: as the store has it, and as each seat says itself.
		const truth = await stored();
		const last = await until('a picture of the end', async () => {
			const snapshot = await seen();
			return snapshot.counts.held + snapshot.counts.overdue === 0 && snapshot;
		});
		expect(snapshotSeats(ids, last)).toEqual(actualSeats(truth));
		const shown = new Map(last.seats.map(([index, code]) => [ids[index], code]));
		for (const key of seats) {
			const seat = (await postJson(
				`${settings.urls.ingress}/Ticket/${key}/get`,
				undefined
			)) as SeatView;
			expect(shown.get(key.split(':')[1]), key).toBe(seat.status === 'SOLD' ? 2 : undefined);
		}

		// Every transition, once.
		const whole = { from: then.at - 600_000, to: Date.now() + 60_000, step: 60 };
		await expect
			.poll(async () => seriesFlow(await ask<OccupancySeries>('series', whole)), patient)
			.toEqual(actualFlow(truth));
		const points = (await ask<OccupancySeries>('series', whole)).points;
		expect(points.at(-1)).toMatchObject({ sold: last.counts.sold, held: 0 });

		// The past: as it was seen, and from there to the end.
		const past = await until('the past to reach the end', async () => {
			const replay = await ask<OccupancyReplay>('replay', { from: then.at, to: last.at });
			return replay.to >= last.at && replay;
		});
		expect(past.codes).toBe(codesOf(ids.length, then));
		const codes = past.codes.split('');
		for (const [, index, code] of past.changes) codes[index] = String(code);
		expect(codes.join('')).toBe(codesOf(ids.length, last));

		const report = await auditStack(settings);
		expect(isClean(report), JSON.stringify(report)).toBe(true);
	}
);
