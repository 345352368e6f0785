import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	armed,
	faultPlanSchema,
	onAnswer,
	onArrival,
	onPaymentAttempt,
	remaining
} from './faults.ts';
import type { FaultPlan, GatewayFaults } from './faults.ts';

/** What `count` requests in a row meet; all of them would commit. */
function meet(plan: FaultPlan['payments'], count: number) {
	let faults: GatewayFaults = armed(plan);
	const met = Array.from({ length: count }, () => {
		const arrival = onArrival(faults);
		const answer = onAnswer(arrival.faults, arrival.status === null);
		faults = answer.faults;
		return { status: arrival.status, holdMs: answer.holdMs, drop: answer.drop };
	});
	return { met, left: remaining(faults) };
}

const flips = (plan: FaultPlan['payments'], count: number) => {
	let faults = armed(plan);
	return Array.from({ length: count }, () => {
		const attempt = onPaymentAttempt(faults);
		faults = attempt.faults;
		return attempt.declines;
	});
};

describe('a fault plan', () => {
	it.each<[string, FaultPlan['payments'], (number | boolean | null)[]]>([
		['without faults', {}, [null, null, null]],
		['a status for two requests', { status: 503, times: 2 }, [503, 503, null]],
		['a status until cleared', { status: 500 }, [500, 500, 500]]
	])('%s', (_, plan, statuses) => {
		expect(meet(plan, 3).met.map(({ status }) => status)).toEqual(statuses);
	});

	it('drops as many commits as it says, and counts them down', () => {
		const { met, left } = meet({ dropAfterCommit: true, times: 1 }, 3);
		expect(met.map(({ drop }) => drop)).toEqual([true, false, false]);
		expect(left).toEqual({ dropAfterCommit: true, times: 0 });
	});

	it('does not spend a drop on a request that commits nothing', () => {
		const faults = armed({ dropAfterCommit: true, times: 1 });
		expect(onAnswer(faults, false)).toEqual({ faults, holdMs: 0, drop: false });
	});

	it('holds answers, for some requests or for all', () => {
		const holds = (plan: FaultPlan['payments']) => meet(plan, 3).met.map(({ holdMs }) => holdMs);
		expect(holds({ delayMs: 50 })).toEqual([50, 50, 50]);
		expect(holds({ delayMs: 50, times: 1 })).toEqual([50, 0, 0]);
		expect(holds({ delayMs: 50, status: 503, times: 1 })).toEqual([50, 50, 50]);
	});

	it('flips the same coin for the same seed', () => {
		const plan = { declineRate: 0.5, seed: 7 };
		expect(flips(plan, 200)).toEqual(flips(plan, 200));
		expect(flips(plan, 200)).not.toEqual(flips({ ...plan, seed: 8 }, 200));
	});

	it('declines at the rate it says', () => {
		const tenths = fc.integer({ min: 0, max: 10 });
		fc.assert(
			fc.property(tenths, fc.integer({ min: 0, max: 0xffffffff }), (tenth, seed) => {
				const declined = flips({ declineRate: tenth / 10, seed }, 2000).filter(Boolean).length;
				// Five standard deviations of 2,000 flips, and exact at both ends.
				const slack = 5 * Math.sqrt(2000 * (tenth / 10) * (1 - tenth / 10));
				expect(Math.abs(declined - tenth * 200)).toBeLessThanOrEqual(slack);
			}),
			{ numRuns: 30 }
		);
	});
});

describe('faultPlanSchema', () => {
	it('takes a gateway left out as faultless', () => {
		expect(faultPlanSchema.parse({ emails: { status: 500 } })).toEqual({
			payments: {},
			emails: { status: 500 }
		});
	});

	it.each<[string, unknown, string[]]>([
		['an unknown gateway', { payment: {} }, ['']],
		['an unknown field', { payments: { statuss: 500 } }, ['payments']],
		['a declining mail', { emails: { declineRate: 1 } }, ['emails']],
		['a status that is no failure', { payments: { status: 200 } }, ['payments.status']],
		['no times', { payments: { status: 500, times: 0 } }, ['payments.times']],
		['times of nothing', { payments: { times: 2 } }, ['payments.times']],
		['a rate above one', { payments: { declineRate: 1.5 } }, ['payments.declineRate']],
		['a seed of nothing', { payments: { seed: 1 } }, ['payments.seed']],
		['an endless delay', { emails: { delayMs: 1e9 } }, ['emails.delayMs']],
		['text for a number', { payments: { delayMs: '5' } }, ['payments.delayMs']],
		[
			'a refused and dropped request',
			{ payments: { status: 500, dropAfterCommit: true } },
			['payments.dropAfterCommit']
		],
		['not an object', [], ['']],
		[
			'everything that is wrong at once',
			{ payments: { status: 1, times: -1 }, emails: { delayMs: -1 } },
			['payments.status', 'payments.times', 'emails.delayMs']
		]
	])('refuses %s', (_, plan, fields) => {
		const result = faultPlanSchema.safeParse(plan);
		expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual(fields);
	});
});
