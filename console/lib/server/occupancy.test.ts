import { expect, test } from 'vitest';
import { AVAILABLE, HELD, OVERDUE, SOLD } from '../seat-map/picture.ts';
import { draw, scanQuery } from './occupancy.ts';

const ids = ['A-1', 'A-2', 'A-3', 'A-4'];
const index = { revision: 1, ids, indexOf: new Map(ids.map((id, i) => [id, i])) };
const NOW = 10_000;

test('draws what is stored, in the order of the plan', () => {
	const picture = draw(
		index,
		[
			{ seat: 'A-3', status: 'SOLD', holder: 'ann' },
			{ seat: 'A-1', status: 'RESERVED', holder: 'bob', until: NOW + 1 },
			{ seat: 'A-4', status: 'RESERVED', holder: 'eve', until: NOW }
		],
		NOW
	);
	expect([...picture.codes]).toEqual([HELD, AVAILABLE, SOLD, OVERDUE]);
	expect(picture.holders).toEqual(['bob', null, 'ann', 'eve']);
	expect([...picture.untils]).toEqual([NOW + 1, 0, 0, NOW]);
});

test('leaves out a seat that the plan does not have', () => {
	const picture = draw(index, [{ seat: 'Z-9', status: 'SOLD', holder: 'ann' }], NOW);
	expect([...picture.codes]).toEqual([0, 0, 0, 0]);
});

test('refuses a status it does not know instead of calling the seat free', () => {
	expect(() => draw(index, [{ seat: 'A-1', status: 'LOST' }], NOW)).toThrow('unknown status');
});

test.each([
	['e_1', "starts_with(service_key, 'e_1:')", 'substr(service_key, 5)'],
	["o'x", "starts_with(service_key, 'o''x:')", 'substr(service_key, 5)']
])('the scan of %s takes that event alone', (eventId, condition, seat) => {
	expect(scanQuery(eventId)).toContain(condition);
	expect(scanQuery(eventId)).toContain(seat);
});
