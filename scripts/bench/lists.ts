import { distinctPorts } from '../stack/ports.ts';
import { fillServer } from './fill-server.ts';
import type { Bench, Group } from './group.ts';
import { measureFirstRows, measurePages } from './list-measures.ts';
import type { Times } from './list-measures.ts';
import { compared } from './row.ts';
import type { Row } from './row.ts';

const SIZES = [10_000, 100_000];
/** Filling a server with so many takes most of half an hour. */
const FULL_SIZE = 500_000;

/** The list of invocations beside the one of Restate's own UI. Last, as it fills the server. */
export const lists: Group = {
	name: 'lists',
	title: `list of invocations at ${SIZES.join(', ')} rows, and ${FULL_SIZE} with --full`,
	run: async (bench) => {
		const rows: Row[] = [];
		for (const size of bench.full ? [...SIZES, FULL_SIZE] : SIZES)
			rows.push(...(await listOf(bench, size)));
		return rows;
	}
};

async function listOf({ stack: { settings }, say }: Bench, count: number): Promise<Row[]> {
	const [port = 0] = await distinctPorts(1);
	const stopFiller = await fillServer({ settings, count, port, say });
	try {
		const { console: own, builtIn } = await measureFirstRows(settings);
		const { first, hundredth } = await measurePages(settings);
		const at = `${count} invocations`;
		return [
			inTurn(`first row, ${at}`, own, 'Restate’s own UI', builtIn, 1 / 5),
			inTurn(`100th page, ${at}`, hundredth, 'first page', first, 1.3)
		];
	} finally {
		await stopFiller();
	}
}

const inTurn = (name: string, value: Times, floor: string, beside: Times, ratio: number): Row =>
	compared(
		name,
		'ms',
		floor,
		value.all.map((ms, round) => ({ value: ms, floor: beside.all[round] ?? Number.NaN })),
		{ at: 'most', ratio }
	);
