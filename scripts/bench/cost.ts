import { settled } from '../audit/audit-stack.ts';
import { listenerOf } from '../stack/listener.ts';
import { distinctPorts } from '../stack/ports.ts';
import { registerDeployment } from '../stack/restate.ts';
import type { Stack } from '../stack/stack.ts';
import { startCounter } from './counter.ts';
import { startFloor } from './floor.ts';
import type { Floor } from './floor.ts';
import type { Bench, Group } from './group.ts';
import { drive } from './load.ts';
import * as operations from './operations.ts';
import type { Operation } from './operations.ts';
import { processorMs } from './processor.ts';
import { compared } from './row.ts';
import type { Row } from './row.ts';
import { freshSeats } from './seats.ts';

const VENUE = { size: 20_000, id: 'bench-cost' };

/** What one operation takes, all that follows it included. */
interface Cost {
	/** Calls of a Worker. */
	calls: number;
	/** By handler. */
	byHandler: Record<string, number>;
	/** Ms of the processor: the Worker's, restate-server's, and with that of D1 and the gateways, all. */
	worker: number;
	server: number;
	all: number;
}

/**
 * What an operation costs, counted rather than timed: calls of the Worker, and time on the processor.
 * A busy machine changes neither much.
 */
export const cost: Group = {
	name: 'cost',
	title: 'calls of the Worker and time on the processor for each operation',
	run: async (bench) => {
		const { stack } = bench;
		const { admin, worker } = stack.settings.urls;
		const floor = await startFloor(stack);
		const ports = await distinctPorts(2);
		const counters = await Promise.all(
			[worker, floor.url].map((target, index) => startCounter(ports[index] ?? 0, target))
		);
		try {
			for (const { url } of counters) await registerDeployment(admin, url);
			return await countAll(bench, meterOf(stack, floor, counters));
		} finally {
			await registerDeployment(admin, worker);
			for (const counter of counters) await counter.close();
			await floor.stop();
		}
	}
};

type Meter = (operation: Operation, calls: number) => Promise<Cost>;

function meterOf(
	{ settings }: Stack,
	floor: Floor,
	counters: Awaited<ReturnType<typeof startCounter>>[]
): Meter {
	const { urls, ports } = settings;
	const workers = [listenerOf(ports.worker), listenerOf(floor.port)];
	const server = listenerOf(ports.ingress);
	const storage = listenerOf(ports.sandbox);
	const spent = (pids: readonly number[]) =>
		pids.reduce((sum, pid) => sum + (processorMs(pid) ?? Number.NaN), 0);
	const meters = () => ({
		worker: spent(workers),
		server: spent([server]),
		all: spent([...workers, server, storage])
	});
	return async ({ load }, calls) => {
		for (const counter of counters) counter.reset();
		const before = meters();
		const { ingress } = urls;
		await drive({ ingress, clients: operations.CLIENTS, calls, ...load(calls) });
		// What it sent one way is its cost as well.
		await settled(settings);
		const after = meters();
		const counted = counters.flatMap((counter) => [...counter.calls()]);
		return {
			calls: counted.reduce((sum, [, n]) => sum + n, 0) / calls,
			byHandler: Object.fromEntries(counted.map(([handler, n]) => [handler, n / calls])),
			worker: (after.worker - before.worker) / calls,
			server: (after.server - before.server) / calls,
			all: (after.all - before.all) / calls
		};
	};
}

async function countAll(bench: Bench, meter: Meter): Promise<Row[]> {
	const { stack, reserves, checkouts, say } = bench;
	const { take } = await freshSeats(stack, VENUE.size, VENUE.id);
	const saga = operations.floorSaga(stack.settings.urls.sandbox);
	const pairs = [
		[operations.reserve(take), operations.floorSeat('get, set, timer', 'hold'), reserves],
		[operations.reserveHotSeat(take), operations.floorHotSeat, reserves],
		[operations.checkout(take, 'checkout'), saga, checkouts],
		[operations.checkout(take, 'checkout with a mail', 'bench@example.com'), saga, checkouts]
	] as const;
	const rows: Row[] = [];
	for (const [nexus, floor, wanted] of pairs) {
		// Counts need no more, and the counter is in the way of every call.
		const calls = Math.min(wanted, 500);
		const measured: { nexus: Cost; floor: Cost }[] = [];
		for (let round = 0; round < bench.rounds; round++)
			measured.push({ floor: await meter(floor, calls), nexus: await meter(nexus, calls) });
		say(`${nexus.name}: ${describeCalls(measured.at(-1)?.nexus)}`);
		const row = (what: string, unit: string, of: Exclude<keyof Cost, 'byHandler'>) =>
			compared(
				`${nexus.name}: ${what}`,
				unit,
				floor.name,
				measured.map((round) => ({ value: round.nexus[of], floor: round.floor[of] }))
			);
		rows.push(row('calls of the Worker', 'calls', 'calls'));
		if (measured.every((round) => !Number.isNaN(round.nexus.worker)))
			rows.push(
				row('processor of the Worker', 'ms', 'worker'),
				row('processor of restate-server', 'ms', 'server'),
				row('processor of these, D1 and the gateways', 'ms', 'all')
			);
	}
	return rows;
}

const describeCalls = (found: Cost | undefined): string =>
	Object.entries(found?.byHandler ?? {})
		.map(([handler, calls]) => `${handler} ${calls.toFixed(2)}`)
		.join(', ');
