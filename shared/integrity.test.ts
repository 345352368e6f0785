import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIntegrity, DEFAULT_BOUNDS } from './integrity.ts';
import type { World } from './integrity.ts';
import {
	checkoutOf,
	cleanWorld,
	HOUR,
	intent,
	mail,
	NOW,
	order,
	seat,
	sold
} from './integrity-fixture.ts';
import { invocationIdOf } from './order.ts';

const violations = (world: World) =>
	checkIntegrity(world).flatMap(({ name, violations: found }) =>
		found.map(({ subject, what }) => `${name} | ${subject} | ${what}`)
	);

const planted: [name: string, plant: (world: World) => void, expected: string][] = [
	[
		'a seat sold to no order',
		({ seats }) => seats.push({ ...sold('e:5', 'x'), orderId: null }),
		'Each sold seat has exactly one paid order | e:5 | sold to no order'
	],
	[
		'a seat sold to an order that nobody knows',
		({ seats }) => seats.push(sold('e:5', 'ord_8')),
		'Each sold seat has exactly one paid order | e:5 | its order ord_8 is not confirmed'
	],
	[
		'a seat sold to an order that failed',
		({ seats, orders }) => {
			seats.push(sold('e:5', 'ord_8'));
			orders.push(order('ord_8', ['e:5'], { status: 'FAILED' }));
		},
		'Each sold seat has exactly one paid order | e:5 | its order ord_8 is not confirmed'
	],
	[
		'a seat sold to an order that was refunded',
		({ intents }) => Object.assign(intents[0] ?? {}, { refunded: 10_000 }),
		'Each sold seat has exactly one paid order | e:1 | order ord_1 is not paid'
	],
	[
		'a seat in two confirmed orders',
		(world) => {
			world.orders.push(order('ord_8', ['e:1']));
			world.mails.push(mail('ord_8'));
		},
		'Each sold seat has exactly one paid order | e:1 | in 2 confirmed orders'
	],
	[
		'a payment whose seat is free',
		({ seats }) => Object.assign(seats[1] ?? {}, seat('e:2')),
		'Each captured payment has all its seats or a refund | pi_ord_1 | paid, not refunded, and without 1 of 2 seats'
	],
	[
		'a payment whose seats went to somebody else',
		({ orders, intents, mails }) => {
			orders.push(order('ord_8', ['e:4'], { status: 'FAILED' }));
			intents.push(intent('ord_8'));
			mails.push(mail('ord_8'));
		},
		'Each captured payment has all its seats or a refund | pi_ord_8 | paid, not refunded, and without 1 of 1 seats'
	],
	[
		'a payment that was refunded in part',
		({ orders, intents }) => {
			orders.push(order('ord_8', ['e:4'], { status: 'FAILED' }));
			intents.push(intent('ord_8', { refunded: 4_999 }));
		},
		'Each captured payment has all its seats or a refund | pi_ord_8 | paid, not refunded, and without 1 of 1 seats'
	],
	[
		'a payment for no order at all',
		({ intents }) => intents.push(intent('x', { orderId: null })),
		'Each captured payment has all its seats or a refund | pi_x | paid for an order that is unknown'
	],
	[
		'an order whose money and seats are gone, and which nobody closed',
		({ seats, intents }) => {
			Object.assign(intents[0] ?? {}, { refunded: 10_000 });
			Object.assign(seats[0] ?? {}, seat('e:1'));
		},
		'Each confirmed order has its seats | ord_1 | confirmed, and without 1 of 2 seats'
	],
	[
		'an order paid twice',
		({ intents }) => intents.push(intent('ord_1', { id: 'pi_again' })),
		'No order is paid twice | ord_1 | paid 2 times'
	],
	[
		'a hold past its expiry and its grace',
		({ seats }) => Object.assign(seats[2] ?? {}, { reservedUntil: NOW - 90_000 }),
		'No seat is held past its expiry | e:3 | held 90 s past its expiry'
	],
	[
		'a hold without an end',
		({ seats }) => Object.assign(seats[2] ?? {}, { reservedUntil: null }),
		'No seat is held past its expiry | e:3 | held without an end'
	],
	[
		'an authorisation whose checkout is gone',
		({ intents }) => Object.assign(intents[3] ?? {}, { createdAt: NOW - HOUR }),
		'No authorisation is left hanging | pi_ord_4 | requires_capture since 2026-11-21T23:00:00.000Z, no checkout'
	],
	[
		'an order left open',
		({ orders }) => Object.assign(orders[3] ?? {}, { updatedAt: NOW - HOUR }),
		'No order is left open | ord_4 | open since 2026-11-21T23:00:00.000Z, no checkout'
	],
	[
		'a paid order without a mail',
		({ mails }) => mails.shift(),
		'Each paid order has one mail | ord_1 | 0 mails'
	],
	[
		'a paid order mailed twice',
		({ mails }) => mails.push({ ...mail('ord_1'), id: 'twice' }),
		'Each paid order has one mail | ord_1 | 2 mails'
	],
	[
		'a mail to somebody else',
		({ mails }) => Object.assign(mails[0] ?? {}, { to: ['eve@example.com'] }),
		'Each paid order has one mail | ord_1 | its mail went to somebody else'
	],
	[
		'a paid order whose mail has been given up',
		(world) => {
			world.mails.shift();
			const notification = { ...checkoutOf('ord_8', 'paused'), service: 'Notification' };
			world.invocations.push({ ...notification, invokedBy: 'inv_1' });
		},
		'Each paid order has one mail | ord_1 | 0 mails'
	],
	[
		'a refund that failed',
		({ refunds }) => Object.assign(refunds[1] ?? {}, { status: 'failed' }),
		'Each refund comes to an end | re_4 | refund failed'
	],
	[
		'a refund that is never done',
		({ refunds }) => Object.assign(refunds[1] ?? {}, { createdAt: NOW - 48 * HOUR }),
		'Each refund comes to an end | re_4 | refund pending'
	],
	[
		'a seat held that the plan does not have',
		({ plans }) => plans[0]?.seats.splice(2, 1),
		'Seat states add up to the plan’s capacity | e | seats taken that its plan does not have'
	],
	[
		'a plan with fewer seats than the event says',
		({ plans }) => plans[0]?.seats.splice(4, 1),
		'Seat states add up to the plan’s capacity | e | states of 4 seats, not 5'
	],
	[
		'a seat twice in the plan',
		({ plans }) => plans[0]?.seats.push('e:1') && Object.assign(plans[0], { capacity: 6 }),
		'Seat states add up to the plan’s capacity | e | states of 5 seats, not 6'
	],
	[
		'a seat of no known status',
		({ seats }) => Object.assign(seats[3] ?? {}, { status: 'LOST' }),
		'Seat states add up to the plan’s capacity | e | states of 4 seats, not 5'
	],
	[
		'a seat of an event that is not published',
		({ seats }) => seats.push(seat('other:1', { status: 'RESERVED', reservedUntil: NOW + 1_000 })),
		'Seat states add up to the plan’s capacity | other | seats taken that its plan does not have'
	],
	[
		'a paused checkout that holds a seat',
		({ seats }) =>
			seats.push(
				seat('e:5', {
					status: 'RESERVED',
					reservedUntil: NOW + 1_000,
					checkoutId: invocationIdOf('ord_9')
				})
			),
		'No paused checkout holds seats | inv_9 | paused, with 1 seat'
	],
	[
		'a picture that shows a sold seat as free',
		({ pictures }) => Object.assign(pictures[0] ?? {}, { taken: new Map([['e:3', 'RESERVED']]) }),
		'Occupancy equals the seats | e:1 | shown as AVAILABLE, and is SOLD'
	],
	[
		'a picture that shows a free seat as held',
		({ seats }) => seats.splice(2, 1),
		'Occupancy equals the seats | e:3 | shown as RESERVED, and is AVAILABLE'
	],
	[
		'a picture of another plan',
		({ pictures }) => Object.assign(pictures[0] ?? {}, { revision: 1 }),
		'Occupancy equals the seats | e | shows plan 1, not 2'
	]
];

describe('the integrity invariants', () => {
	it('find nothing in a clean world, and say how much they looked at', () => {
		const findings = checkIntegrity(cleanWorld());
		expect(findings.map(({ violations: found }) => found)).toEqual(findings.map(() => []));
		expect(findings.map(({ checked }) => checked)).toEqual([2, 2, 1, 4, 1, 1, 1, 1, 2, 1, 1, 4]);
	});

	it.each(planted)('catch %s', (_, plant, expected) => {
		const world = cleanWorld();
		plant(world);
		expect(violations(world)).toContain(expected);
	});

	it('have each been planted', () => {
		const names = checkIntegrity(cleanWorld()).map(({ name }) => name);
		const caught = new Set(planted.map(([, , expected]) => expected.split(' | ')[0]));
		expect([...caught].sort()).toEqual([...names].sort());
	});

	it.each([
		['its checkout', checkoutOf('ord_8')],
		['its notification', { ...checkoutOf('x'), id: 'inv_n', invokedBy: 'inv_8' }],
		['its payment', { ...checkoutOf('x'), id: 'inv_p', service: 'Payment', key: 'ord_8' }]
	])('leave an order alone while %s is at work on it', (_, invocation) => {
		const world = cleanWorld();
		world.seats.push(sold('e:5', 'ord_8'));
		world.orders.push(order('ord_8', ['e:5', 'e:4'], { status: 'OPEN' }));
		world.intents.push(intent('ord_8'), intent('ord_8', { status: 'requires_capture' }));
		world.pictures = [];
		expect(violations(world)).not.toEqual([]);
		world.invocations.push(invocation);
		expect(violations(world)).toEqual([]);
	});

	it('keep to the bounds they are given', () => {
		const world = cleanWorld();
		const strict = { ...DEFAULT_BOUNDS, settlement: -1, holdGrace: 0 };
		const broken = checkIntegrity(world, strict).filter((finding) => finding.violations.length > 0);
		expect(broken.map(({ name }) => name)).toEqual([
			'No seat is held past its expiry',
			'No authorisation is left hanging',
			'No order is left open'
		]);
	});

	it('notice any seat, order, payment or mail that goes missing', () => {
		const vital = [
			(world: World) => world.seats.splice(0, 1),
			(world: World) => world.orders.splice(0, 1),
			(world: World) => world.intents.splice(0, 1),
			(world: World) => world.mails.splice(0, 1)
		];
		fc.assert(
			fc.property(fc.subarray(vital, { minLength: 1, maxLength: 3 }), (losses) => {
				const world = cleanWorld();
				for (const lose of losses) lose(world);
				expect(violations(world)).not.toEqual([]);
			})
		);
	});
});
