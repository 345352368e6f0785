import { join } from 'node:path';
import { bundleWorker } from '../stack/build.ts';
import { freePorts } from '../stack/ports.ts';
import { registerDeployment } from '../stack/restate.ts';
import type { Stack } from '../stack/stack.ts';
import { startWorkerd } from '../stack/workerd.ts';
import { publishVenue } from './publish-venue.ts';
import { drive } from './load.ts';
import type { Load } from './load.ts';
import { compared } from './row.ts';
import type { Row } from './row.ts';

/** Sizes of what is sent in each round. */
export interface ServiceBench {
	rounds: number;
	reserves: number;
	checkouts: number;
}

const CLIENTS = 64;
const SMALL = 1_000;
const LARGE = 100_000;
/** Of the small venue, in each round. */
const FEW = 250;

/** A measurement of Nexus and its floor, in calls a second; taken in turn, round after round. */
interface Comparison {
	name: string;
	floorName: string;
	goal?: Row['goal'];
	floor: () => Promise<number>;
	nexus: () => Promise<number>;
}

/** What the service costs, each beside the least that a service of that shape could cost. */
export async function benchService(
	stack: Stack,
	{ rounds, ...sizes }: ServiceBench,
	say: (text: string) => void
): Promise<Row[]> {
	const stopFloor = await startFloor(stack);
	try {
		const rows: Row[] = [];
		for (const { name, floorName, goal, floor, nexus } of await comparisons(stack, sizes)) {
			const measured: { value: number; floor: number }[] = [];
			for (let round = 0; round < rounds; round++)
				measured.push({ floor: await floor(), value: await nexus() });
			const row = compared(name, '1/s', floorName, measured, goal);
			say(`${name}: ${row.value.toFixed(0)}/s, ${row.ratio?.toFixed(2)} of ${floorName}`);
			rows.push(row);
		}
		return rows;
	} finally {
		await stopFloor();
	}
}

async function comparisons(
	stack: Stack,
	{ reserves, checkouts }: Omit<ServiceBench, 'rounds'>
): Promise<Comparison[]> {
	const { urls } = stack.settings;
	const [large, small] = [await freshSeats(stack, LARGE), await freshSeats(stack, SMALL)];
	const pace = async (calls: number, call: Load['call'], expected = [200]): Promise<number> => {
		const load = { ingress: urls.ingress, clients: CLIENTS, calls, call, expected };
		return (await drive(load)).perSecond;
	};
	let keys = 0;
	const floor = (handler: string) => {
		const batch = keys++;
		return pace(reserves, (index) => ({
			path: `/FloorSeat/${batch}-${index}/${handler}`,
			body: 'buyer'
		}));
	};
	const reserve = (seats: readonly string[]) =>
		pace(seats.length, (index) => ({
			path: `/Ticket/${seats[index] ?? ''}/reserve`,
			body: `buyer-${index}`
		}));
	return [
		{
			name: 'reserve',
			floorName: 'get, set',
			floor: () => floor('set'),
			nexus: () => reserve(large(reserves))
		},
		{
			name: 'reserve',
			floorName: 'get, set, timer',
			goal: { at: 'least', ratio: 0.8 },
			floor: () => floor('hold'),
			nexus: () => reserve(large(reserves))
		},
		{
			name: 'reserve one hot seat',
			floorName: 'get, set on one key',
			goal: { at: 'least', ratio: 0.9 },
			floor: () => {
				const path = `/FloorSeat/hot-${keys++}/set`;
				return pace(reserves, () => ({ path, body: 'buyer' }));
			},
			nexus: () => {
				const path = `/Ticket/${large(1).join('')}/reserve`;
				return pace(reserves, (index) => ({ path, body: `buyer-${index}` }), [200, 409]);
			}
		},
		{
			name: 'checkout',
			floorName: 'three-step saga',
			goal: { at: 'least', ratio: 0.7 },
			floor: () => {
				const batch = keys++;
				return pace(checkouts, (index) => ({
					path: '/FloorSaga/buy',
					body: { seat: `${batch}-${index}`, gateway: urls.sandbox }
				}));
			},
			nexus: () => {
				const [seats, batch] = [large(checkouts), keys++];
				return pace(checkouts, (index) => ({
					path: '/Checkout/checkout',
					body: {
						ticketId: seats[index],
						userId: `buyer-${batch}-${index}`,
						paymentMethod: 'pm_card_visa'
					}
				}));
			}
		},
		{
			name: 'get',
			floorName: 'shared get',
			floor: () => floor('get'),
			nexus: () => {
				const seats = large(reserves);
				return pace(reserves, (index) => ({
					path: `/Ticket/${seats[index] ?? ''}/get`,
					body: null
				}));
			}
		},
		{
			name: `reserve among ${LARGE} seats`,
			floorName: `among ${SMALL} seats`,
			floor: () => reserve(small(FEW)),
			nexus: () => reserve(large(FEW))
		}
	];
}

/** The floor's Worker, on a workerd of its own as the service is. @returns stops it */
async function startFloor({ settings }: Stack): Promise<() => Promise<void>> {
	const outDir = join(settings.dataDir, 'build', 'floor');
	const manifest = await bundleWorker('scripts/bench/floor/wrangler.toml', outDir);
	const { worker } = await freePorts();
	const floor = await startWorkerd(settings, 'floor', worker, [
		{
			compatibilityDate: '2026-11-01',
			compatibilityFlags: ['nodejs_compat'],
			name: 'floor',
			manifest,
			env: {}
		}
	]);
	await registerDeployment(settings.urls.admin, `http://localhost:${worker}`);
	return () => floor.stop();
}

/** Publishes a venue. @returns hands out seats that nobody has touched */
async function freshSeats(stack: Stack, size: number): Promise<(count: number) => string[]> {
	const event = await publishVenue(stack, size);
	const response = await fetch(`${stack.settings.urls.ingress}/Event/${event}/venue`, {
		method: 'POST'
	});
	const { seats } = (await response.json()) as { seats: [id: string][] };
	let next = 0;
	return (count) => {
		const taken = seats.slice(next, next + count).map(([id]) => `${event}:${id}`);
		if (taken.length < count) throw new Error(`${event} has no ${count} seats left`);
		next += count;
		return taken;
	};
}
