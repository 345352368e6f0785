import { describe, expect, test } from 'vitest';
import { orderIdOf } from '../../../shared/order.ts';
import { checkLinearizable } from '../../linearizability/check.ts';
import { seatRegister } from '../../linearizability/seat-register.ts';
import { seatHistories } from './calls.ts';
import type { Call } from './calls.ts';

const HOLD_MS = 100;
const SEAT = 'e:1';
const order = orderIdOf('inv_1');
const ok = { status: 200, message: '' };
const reserve = (from: number, user: string, answer: typeof ok | null): Call => ({
	from,
	to: from + 1,
	call: 'reserve',
	seat: SEAT,
	user,
	answer
});
const checkout = (from: number, to: number, status: number, message = '', name = order): Call => ({
	from,
	to,
	call: 'checkout',
	seats: [SEAT],
	user: `buyer of ${name}`,
	order: name,
	answer: { status, message }
});
const read = (from: number, status: 'AVAILABLE' | 'RESERVED' | 'SOLD', reservedBy = ''): Call => ({
	from,
	to: from,
	call: 'read',
	seat: SEAT,
	view: { status, reservedBy, checkoutId: null, orderId: status === 'SOLD' ? order : null }
});

const judge = (calls: Call[]): boolean =>
	[...seatHistories(calls, HOLD_MS).values()].every(
		(history) => checkLinearizable(seatRegister, history).linearizable
	);

describe('what clients were told', () => {
	test.each<[string, boolean, Call[]]>([
		[
			'a sale and a refusal',
			true,
			[checkout(0, 5, 200), checkout(6, 7, 409, 'Ticket already sold', 'ord_b')]
		],
		['two sales of one seat', false, [checkout(0, 5, 200), checkout(1, 9, 200, '', 'ord_b')]],
		[
			'refused as sold before it was',
			false,
			[checkout(0, 5, 409, 'Ticket already sold', 'ord_b'), checkout(6, 7, 200)]
		],
		['declined, then free', true, [checkout(0, 5, 402, 'Payment Failed'), read(6, 'AVAILABLE')]],
		[
			'declined, yet still refused to others',
			false,
			[
				checkout(0, 5, 402, 'Payment Failed'),
				checkout(6, 7, 409, 'Ticket is currently reserved', 'ord_b')
			]
		],
		[
			'killed, and held until its time is up',
			true,
			[
				checkout(0, 5, 409, 'killed'),
				checkout(6, 7, 409, 'Ticket is currently reserved', 'ord_b'),
				read(150, 'AVAILABLE')
			]
		],
		[
			'a hold that lapses',
			true,
			[reserve(0, 'u', ok), read(50, 'RESERVED', 'u'), read(120, 'AVAILABLE')]
		],
		['a hold that lapses too soon', false, [reserve(0, 'u', ok), read(50, 'AVAILABLE')]],
		['a lost reserve that took effect', true, [reserve(0, 'u', null), read(50, 'RESERVED', 'u')]],
		[
			'refunded and sold again',
			true,
			[
				checkout(0, 5, 200),
				{ from: 8, to: 9, call: 'refund', seats: [SEAT], order, answer: ok },
				checkout(10, 15, 200, '', 'ord_b')
			]
		],
		[
			'sold again after a refund that was refused',
			false,
			[
				checkout(0, 5, 200),
				{ from: 8, to: 9, call: 'refund', seats: [SEAT], order, answer: { ...ok, status: 409 } },
				checkout(10, 15, 200, '', 'ord_b')
			]
		],
		[
			'sold again without a refund',
			false,
			[checkout(0, 5, 200), checkout(10, 15, 200, '', 'ord_b')]
		],
		[
			'an operator frees a hold',
			true,
			[
				reserve(0, 'u', ok),
				{ from: 3, to: 4, call: 'force-release', seat: SEAT, forced: false, answer: ok },
				read(5, 'AVAILABLE')
			]
		],
		[
			'a release that changed nothing',
			false,
			[
				reserve(0, 'u', ok),
				{ from: 3, to: 4, call: 'force-release', seat: SEAT, forced: false, answer: ok },
				read(5, 'RESERVED', 'u')
			]
		]
	])('%s: %s', (_, allowed, calls) => {
		expect(judge(calls)).toBe(allowed);
	});
});
