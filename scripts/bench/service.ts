import { registerDeployment } from '../stack/restate.ts';
import { startFloor } from './floor.ts';
import type { Bench, Group } from './group.ts';
import { drive } from './load.ts';
import * as operations from './operations.ts';
import type { Operation } from './operations.ts';
import { compared } from './row.ts';
import type { Goal, Row } from './row.ts';
import { freshSeats } from './seats.ts';

const SMALL = 1_000;
const LARGE = 100_000;
/** Of the small venue, in each round, as long as it has so many. */
const FEW = 250;

interface Comparison {
	nexus: Operation;
	floor: Operation;
	calls: number;
	goal?: Goal;
}

/** The pace of the service, each beside the least that a service of that shape could do. */
export const service: Group = {
	name: 'service',
	title: 'calls a second beside bare handlers on the same server',
	run: async (bench) => {
		const { stack, say } = bench;
		const floor = await startFloor(stack);
		try {
			await registerDeployment(stack.settings.urls.admin, floor.url);
			const rows: Row[] = [];
			for (const comparison of await comparisons(bench)) {
				const row = await compare(bench, comparison);
				say(`${row.name}: ${row.ratio?.toFixed(2) ?? ''} of ${comparison.floor.name}`);
				rows.push(row);
			}
			return rows;
		} finally {
			await floor.stop();
		}
	}
};

async function compare(
	{ stack, rounds }: Bench,
	{ nexus, floor, calls, goal }: Comparison
): Promise<Row> {
	const pace = async ({ load }: Operation): Promise<number> => {
		const { ingress } = stack.settings.urls;
		const sent = { ingress, clients: operations.CLIENTS, calls, ...load(calls) };
		return (await drive(sent)).perSecond;
	};
	const measured: { value: number; floor: number }[] = [];
	for (let round = 0; round < rounds; round++)
		measured.push(
			// Whoever comes second finds a warmer machine, so they take turns at it.
			round % 2 === 0
				? { floor: await pace(floor), value: await pace(nexus) }
				: { value: await pace(nexus), floor: await pace(floor) }
		);
	return compared(nexus.name, '1/s', floor.name, measured, goal);
}

async function comparisons({ stack, rounds, reserves, checkouts }: Bench): Promise<Comparison[]> {
	const { take: large } = await freshSeats(stack, LARGE);
	const { take: small } = await freshSeats(stack, SMALL);
	return [
		{
			nexus: operations.reserve(large),
			floor: operations.floorSeat('get, set', 'set'),
			calls: reserves
		},
		{
			nexus: operations.reserve(large),
			floor: operations.floorSeat('get, set, timer', 'hold'),
			calls: reserves,
			goal: { at: 'least', ratio: 0.8 }
		},
		{
			nexus: operations.reserveHotSeat(large),
			floor: operations.floorHotSeat,
			calls: reserves,
			goal: { at: 'least', ratio: 0.9 }
		},
		{
			nexus: operations.checkout(large, 'checkout'),
			floor: operations.floorSaga(stack.settings.urls.sandbox),
			calls: checkouts,
			goal: { at: 'least', ratio: 0.7 }
		},
		{
			nexus: operations.getSeat(large),
			floor: operations.floorSeat('shared get', 'get'),
			calls: reserves
		},
		{
			nexus: operations.reserve(large, `reserve among ${LARGE} seats`),
			floor: operations.reserve(small, `among ${SMALL} seats`),
			calls: Math.min(FEW, Math.floor(SMALL / rounds)),
			goal: { at: 'least', ratio: 0.9 }
		}
	];
}
