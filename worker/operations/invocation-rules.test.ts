import { describe, expect, it } from 'vitest';
import { INVOCATION_ACTS } from '../../shared/change.ts';
import type { Invocation } from '../invocations.ts';
import { misfitOf, misplaced } from './invocation-rules.ts';

const of = (status: string, more: Partial<Invocation> = {}): Invocation => ({
	...{ id: 'inv_1', service: 'Checkout', handler: 'checkout', key: null, status },
	...{ result: null, failure: null, cancelRequested: false },
	...more
});

const STATUSES = [
	...['scheduled', 'pending', 'running', 'suspended', 'backing-off', 'paused', 'completed']
] as const;

/** Which acts fit an invocation of each status. */
const FIT: Record<(typeof STATUSES)[number], string[]> = {
	scheduled: ['cancel', 'kill'],
	pending: ['cancel', 'kill'],
	running: ['cancel', 'pause', 'kill'],
	suspended: ['cancel', 'kill'],
	'backing-off': ['cancel', 'retry', 'pause', 'kill'],
	paused: ['cancel', 'resume', 'kill'],
	completed: ['restart', 'purge']
};

describe('acts on invocations', () => {
	it.each(STATUSES)('fit one that is %s as the table says', (status) => {
		const fit = INVOCATION_ACTS.filter((act) => misfitOf(act, of(status), status) === null);
		expect(fit).toEqual(FIT[status]);
	});

	it.each([
		['running', 'suspended', true],
		['suspended', 'backing-off', true],
		['running', 'completed', false],
		['paused', 'running', false],
		['scheduled', 'running', false]
	])('seen %s and %s now: is it the same? %s', (seen, now, same) => {
		const misfit = misfitOf('cancel', of(now), seen);
		if (same) expect(misfit).toBeNull();
		else
			expect(misfit).toBe(
				`Invocation changed since you looked: you saw it ${seen}, it is ${now} now`
			);
	});

	it.each([
		['restart', undefined, 'Checkout', null],
		['restart', 0, 'Checkout', null],
		['restart', 3, 'Checkout', /a checkout restarts from its beginning alone/],
		['restart', 3, 'Notification', null],
		['cancel', undefined, 'Checkout', null],
		['cancel', 0, 'Checkout', /only a restart/]
	] as const)('%s from entry %s of a %s', (act, entry, service, why) => {
		const wrong = misplaced(act, entry, service);
		if (why === null) expect(wrong).toBeNull();
		else expect(wrong).toMatch(why);
	});

	it('cancel once', () => {
		const cancelled = of('running', { cancelRequested: true });
		expect(misfitOf('cancel', cancelled, 'running')).toMatch(/cancelled already/);
	});

	it('do not end what keeps the record of operators’ changes', () => {
		for (const service of ['Audit', 'Change', 'Bulk']) {
			expect(misfitOf('kill', of('running', { service }), 'running')).toMatch(/keeps the record/);
			expect(misfitOf('cancel', of('running', { service }), 'running')).toMatch(/keeps the record/);
			expect(misfitOf('resume', of('paused', { service }), 'paused')).toBeNull();
		}
		const service = 'Operations';
		const draining = of('suspended', { service, handler: 'removeDeployment' });
		expect(misfitOf('cancel', draining, 'suspended')).toBeNull();
		expect(misfitOf('kill', draining, 'suspended')).toMatch(/keeps the record/);
		const refunding = of('suspended', { service, handler: 'refundOrder' });
		expect(misfitOf('cancel', refunding, 'suspended')).toMatch(/keeps the record/);
		expect(misfitOf('kill', of('suspended', { service }), 'suspended')).toMatch(/keeps the record/);
		expect(misfitOf('purge', of('completed', { service }), 'completed')).toMatch(
			/keeps the record/
		);
	});
});
