import type { Bench, Group } from './group.ts';
import { drive } from './load.ts';
import * as operations from './operations.ts';
import { compared } from './row.ts';
import type { Row } from './row.ts';
import { freshSeats } from './seats.ts';
import { openStream } from './stream.ts';

const VENUE = { least: 20_000, id: 'bench-viewers' };
const VIEWERS = 10;

/** Whether those who watch a sale slow it down. */
export const viewers: Group = {
	name: 'viewers',
	title: `reserve with and without ${VIEWERS} viewers of the event's live seats`,
	run: async (bench) => [await watched(bench)]
};

async function watched({ stack, rounds, reserves, say }: Bench): Promise<Row> {
	const { urls } = stack.settings;
	// A warm-up, and twice a round.
	const size = Math.max(VENUE.least, (1 + 2 * rounds) * reserves);
	const { event, take } = await freshSeats(stack, size, VENUE.id);
	const { load } = operations.reserve(take);
	const pace = async (): Promise<number> => {
		const sent = { ingress: urls.ingress, clients: operations.CLIENTS, calls: reserves };
		return (await drive({ ...sent, ...load(reserves) })).perSecond;
	};
	const paceWatched = async (): Promise<number> => {
		const open = () => openStream(urls.console, event);
		const streams = await Promise.all(Array.from({ length: VIEWERS }, open));
		try {
			return await pace();
		} finally {
			await Promise.all(streams.map((stream) => stream.close()));
		}
	};
	// A warm-up that nothing is made of: the first calls meet a cold Worker.
	await pace();
	const measured: { value: number; floor: number }[] = [];
	for (let round = 0; round < rounds; round++)
		measured.push(
			round % 2 === 0
				? { floor: await pace(), value: await paceWatched() }
				: { value: await paceWatched(), floor: await pace() }
		);
	const goal = { at: 'least', ratio: 0.95 } as const;
	const row = compared(`reserve, ${VIEWERS} viewers`, '1/s', 'no viewer', measured, goal);
	say(`reserve with ${VIEWERS} viewers: ${row.ratio?.toFixed(2) ?? ''} of without`);
	return row;
}
