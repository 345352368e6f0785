import { describe, expect, it } from 'vitest';
import { initialSeat } from '../../shared/seat.ts';
import type { SeatTransition } from '../../shared/seat-history.ts';
import { readHistories } from './scan.ts';
import type { HistoryRow } from './scan.ts';

const transition = (epoch: number): SeatTransition => ({
	...{ at: epoch, event: 'reserve', from: 'AVAILABLE', to: 'RESERVED', epoch, reason: null },
	...{ actor: 'ann', invocationId: 'inv', holdId: 'h', orderId: null }
});
const row = (seat: string, key: HistoryRow['key'], value: unknown): HistoryRow => ({
	...{ service_key: `e:${seat}`, key, value_utf8: JSON.stringify(value) }
});
const state = (...history: number[]) => ({ ...initialSeat(), history: history.map(transition) });
const apart = (...history: number[]) => history.map(transition);

describe('readHistories', () => {
	it.each<[string, HistoryRow[], number[]]>([
		['with its state', [row('A', 'state', state(2, 1))], [2, 1]],
		['apart', [row('A', 'state', initialSeat()), row('A', 'history', apart(2, 1))], [2, 1]],
		['apart alone', [row('A', 'history', apart(2, 1))], [2, 1]],
		['in both', [row('A', 'state', state(2, 1)), row('A', 'history', apart(3))], [3, 2, 1]],
		['in both, as they come', [row('A', 'history', apart(3)), row('A', 'state', state(2))], [3, 2]],
		['nowhere', [row('A', 'state', { status: 'SOLD', holder: 'zoe' })], []]
	])('finds what is stored %s', (_, rows, epochs) => {
		const others = [row('B', 'state', state(9))];
		const found = readHistories('e', [...rows, ...others]);
		expect(found.get('A')?.map(({ epoch }) => epoch)).toEqual(epochs);
		expect(found.get('B')).toHaveLength(1);
	});
});
