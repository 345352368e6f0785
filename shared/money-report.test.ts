import { expect, test } from 'vitest';
import { sumUpMoney } from './money-report.ts';
import type { IntentReport } from './money-report.ts';

const intent = (captured: number, refunds: [amount: number, status: string][]): IntentReport => ({
	...{ id: 'pi_1', status: 'succeeded', currency: 'EUR', amount: 5000, captured },
	...{ createdAt: 0, canceledAt: null, decline: null },
	refunds: refunds.map(([amount, status], place) => ({
		...{ id: `re_${place}`, amount, status, createdAt: 0 }
	}))
});

test.each<[string, IntentReport[], { paid: number; returned: number }]>([
	['nothing', [], { paid: 0, returned: 0 }],
	['an authorisation', [intent(0, [])], { paid: 0, returned: 0 }],
	['a payment', [intent(5000, [])], { paid: 5000, returned: 0 }],
	[
		'refunds that took place, or may yet',
		[
			intent(5000, [
				[1000, 'succeeded'],
				[500, 'pending'],
				[200, 'requires_action'],
				[700, 'failed'],
				[800, 'canceled']
			])
		],
		{ paid: 5000, returned: 1700 }
	],
	[
		'several payments',
		[intent(5000, [[5000, 'succeeded']]), intent(5000, [])],
		{ paid: 10_000, returned: 5000 }
	]
])('%s comes to what was taken and what went back', (_, intents, sum) => {
	expect(sumUpMoney({ intents })).toEqual(sum);
});
