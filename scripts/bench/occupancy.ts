import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { text } from '../../shared/sql.ts';
import { postJson } from '../ingress.ts';
import { queryRestate } from '../restate-sql.ts';
import type { Bench, Group } from './group.ts';
import { occupySeats } from './occupied.ts';
import { compared } from './row.ts';
import type { Row } from './row.ts';
import { freshSeats } from './seats.ts';

const SIZES = [2_000, 20_000, 100_000];
/** Seats that change between two refreshes. */
const CHANGED = 20;
/** A picture this fresh is not read again; safely more than Occupancy's own bound. */
const STALE_MS = 600;

/** What it takes to bring the console's picture of an event up to date. */
export const occupancy: Group = {
	name: 'occupancy',
	title: `Occupancy refresh after ${CHANGED} changes, all seats of the venue taken before`,
	run: async (bench) => {
		const rows: Row[] = [];
		for (const size of SIZES) rows.push(await refreshes(bench, size));
		return rows;
	}
};

async function refreshes({ stack, rounds, say }: Bench, size: number): Promise<Row> {
	const { ingress, admin } = stack.settings.urls;
	const { event, take } = await freshSeats(stack, size, `bench-occupancy-${size}`);
	const measured: { value: number; floor: number }[] = [];
	const free = take(CHANGED * rounds);
	await occupySeats(admin, take(size - free.length));
	const refresh = () => postJson(`${ingress}/Occupancy/${event}/refresh`, undefined);
	const count = () =>
		queryRestate(
			admin,
			`SELECT count(*) AS n FROM state WHERE service_name = 'Ticket' AND key = 'state'
				AND service_key LIKE ${text(`${event}:%`)}`,
			z.object({ n: z.number() })
		);
	await refresh();
	for (let round = 0; round < rounds; round++) {
		const changed = free.splice(0, CHANGED);
		await Promise.all(changed.map((seat) => postJson(`${ingress}/Ticket/${seat}/reserve`, 'b')));
		await pause(STALE_MS);
		measured.push({ floor: await timed(count), value: await timed(refresh) });
	}
	const row = compared(`refresh, ${size} seats`, 'ms', 'counting them in SQL', measured);
	say(`${row.name}: ${row.value.toFixed(0)} ms`);
	return row;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await act();
	return performance.now() - begun;
}
