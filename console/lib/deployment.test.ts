import { describe, expect, it } from 'vitest';
import {
	parseDeploymentUri,
	parseRevisions,
	printRevisions,
	registrationChanges,
	withState
} from './deployment.ts';
import type { DeploymentInfo, HandlerInfo, Pinned, ServiceInfo } from './deployment.ts';

const handler = (name: string, isPublic = true): HandlerInfo => ({
	...{ name, kind: null, public: isPublic, settings: [] }
});
const service = (change: Partial<ServiceInfo> = {}): ServiceInfo => ({
	...{ name: 'Ticket', kind: 'object', revision: 1, public: true, deploymentId: 'dp_2' },
	...{ handlers: [handler('get')], settings: [] },
	...change
});
const deployment = (id: string, createdAt: number): DeploymentInfo => ({
	...{ id, createdAt, uri: `http://${id}/`, protocol: '', sdk: '', services: [] },
	health: { state: 'unknown' }
});
const pin = (deploymentId: string, status: string, count: number): Pinned => ({
	...{ deploymentId, service: 'Checkout', status, count, since: 1 }
});

describe('withState', () => {
	it('tells what takes new invocations from what drains and what is drained', () => {
		const states = withState(
			[deployment('dp_0', 0), deployment('dp_1', 1), deployment('dp_2', 2)],
			[service()],
			[pin('dp_1', 'suspended', 2), pin('dp_1', 'invoked', 3), pin('dp_2', 'invoked', 1)]
		);
		expect(states.map(({ id, state, inFlight }) => [id, state, inFlight])).toEqual([
			['dp_2', 'latest', 1],
			['dp_1', 'draining', 5],
			['dp_0', 'drained', 0]
		]);
		expect(states[1]?.pinned.map(({ count }) => count)).toEqual([3, 2]);
		expect(states[0]?.latestOf).toEqual(['Ticket']);
	});
});

describe('registrationChanges', () => {
	it('says what is new, gone, opened, closed, or of another kind', () => {
		const now = [service({ handlers: [handler('get'), handler('old'), handler('in', false)] })];
		const offered = [
			service({ name: 'Venue', revision: 1 }),
			service({
				revision: 2,
				kind: 'service',
				handlers: [handler('get', false), handler('new'), handler('in')]
			})
		];
		expect(registrationChanges(now, offered)).toEqual([
			{
				...{ name: 'Ticket', from: 1, to: 2 },
				changes: [
					'~ object becomes service',
					'+ new',
					'− old',
					'~ get is internal now',
					'~ in is public now'
				]
			},
			{ name: 'Venue', from: null, to: 1, changes: [] }
		]);
	});
});

describe('parseDeploymentUri', () => {
	it.each([
		['https://v2-nexus.example.workers.dev', 'https://v2-nexus.example.workers.dev/'],
		['http://localhost:9080/a', 'http://localhost:9080/a']
	])('takes %s', (text, value) => {
		expect(parseDeploymentUri(text)).toEqual({ ok: true, value });
	});

	it.each([
		['', 'Give the address that the Worker answers at'],
		['nexus', '"nexus" is not an http or https address'],
		['file:///etc/passwd', '"file:///etc/passwd" is not an http or https address'],
		['https://a:b@example.com', 'An address must not hold credentials'],
		[`https://${'x'.repeat(500)}`, 'An address has at most 500 characters']
	])('refuses "%s"', (text, message) => {
		expect(parseDeploymentUri(text)).toEqual({ ok: false, message });
	});
});

it('reads back the revisions that it prints, and nothing else', () => {
	const services = [
		{ name: 'Ticket', revision: 2 },
		{ name: 'my.Service-1', revision: 10 }
	];
	expect(parseRevisions(printRevisions(services))).toEqual(services);
	expect(['', 'Ticket', 'Ticket@x', 'a b@1'].map(parseRevisions)).toEqual(
		Array.from({ length: 4 }, () => undefined)
	);
});
