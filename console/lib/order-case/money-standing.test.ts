import { expect, test } from 'vitest';
import { order } from './case-fixture.ts';
import { moneyStanding } from './money-standing.ts';

const down = { ok: false, message: 'the gateway does not answer' } as const;

test.each([
	['succeeded', 0, 'captured', 0],
	['succeeded', 1500, 'partly-refunded', 1500],
	['refunded', 1500, 'refunded', 12_000],
	['canceled', 0, 'voided', 0],
	[null, 0, 'unknown', 0]
] as const)(
	'on record as %s with %i returned, it is %s',
	(paymentStatus, refunded, state, returned) => {
		const standing = moneyStanding({ order: order({ paymentStatus, refunded }), money: down });
		expect(standing).toMatchObject({ state, refunded: returned, now: false });
	}
);
