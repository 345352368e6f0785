import { expect, it } from 'vitest';
import { approvalFor } from './approval.ts';
import type { ApprovalCase } from './approval.ts';
import { BULK_LIMIT, INVOCATION_ACTS, REFUND_LIMIT } from './change.ts';

const bulk = { action: 'bulk', change: 'resendEmail', refunded: 0, severe: false } as const;

it.each<[ApprovalCase, RegExp | null]>([
	[{ action: 'refundOrder', refunded: REFUND_LIMIT }, null],
	[{ action: 'refundOrder', refunded: REFUND_LIMIT + 1 }, /more than 500 to one buyer/],
	[{ action: 'forceRelease', force: true, paying: true }, /paying this moment/],
	[{ action: 'forceRelease', force: true, paying: false }, null],
	[{ action: 'forceRelease', force: false, paying: true }, null],
	[{ ...bulk, items: BULK_LIMIT }, null],
	[{ ...bulk, items: BULK_LIMIT + 1 }, /changes 26 things at once/],
	[{ ...bulk, items: 2, refunded: REFUND_LIMIT + 1 }, /more than 500 in all/],
	[{ ...bulk, items: 2, severe: true }, /needs approval by itself/],
	[{ action: 'cancelCheckout' }, null],
	[{ action: 'pauseSale' }, null]
])('%o needs a second person: %s', (change, reason) => {
	const answer = approvalFor(change);
	if (reason === null) expect(answer).toBeNull();
	else expect(answer).toMatch(reason);
});

it('asks for one before a kill, and before no other act', () => {
	const needing = INVOCATION_ACTS.filter(
		(act) => approvalFor({ action: 'invocation', act }) !== null
	);
	expect(needing).toEqual(['kill']);
});
