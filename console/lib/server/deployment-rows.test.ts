import { expect, it } from 'vitest';
import { readService } from './deployment-rows.ts';
import type { ServiceRow } from './deployment-rows.ts';

const row: ServiceRow = {
	...{ name: 'Ticket', ty: 'VirtualObject', revision: 3, public: true, deployment_id: 'dp_1' },
	handlers: [
		{ name: 'reserve', ty: 'Exclusive', public: true, retry_policy: { max_attempts: null } },
		{ name: 'get', ty: 'Shared', public: false, journal_retention: '0s' }
	],
	...{ journal_retention: '1d', inactivity_timeout: '0s' },
	retry_policy: {
		...{ initial_interval: '500ms', exponentiation_factor: 2, max_interval: '1m' },
		...{ max_attempts: 70, on_max_attempts: 'Pause' }
	}
};

it('says a service’s settings in words, and of a handler’s only its own', () => {
	expect(readService(row)).toEqual({
		...{ name: 'Ticket', kind: 'object', revision: 3, public: true, deploymentId: 'dp_1' },
		handlers: [
			{ name: 'get', kind: 'shared', public: false, settings: [['Journal kept', '0s']] },
			{ name: 'reserve', kind: 'exclusive', public: true, settings: [] }
		],
		settings: [
			['Journal kept', '1d'],
			['Asked to suspend after', '0s'],
			['Retries', '500ms, ×2, at most 1m; 70 attempts, then pause']
		]
	});
});

it('tells retries without end from none that are set', () => {
	const { retry_policy, ...rest } = row;
	const endless = { ...rest, retry_policy: { ...retry_policy, max_attempts: null } };
	expect(readService(endless).settings.at(-1)).toEqual([
		'Retries',
		'500ms, ×2, at most 1m; without end'
	]);
});
