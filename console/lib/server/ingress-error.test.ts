import { HttpCallError } from '@restatedev/restate-sdk-clients';
import { describe, expect, test } from 'vitest';
import { toUpstream } from './ingress-error.ts';

const answer = (status: number, body: unknown) =>
	toUpstream(new HttpCallError(status, JSON.stringify(body), 'Request failed'));

describe('toUpstream', () => {
	test.each([
		[400, 'bad-request'],
		[403, 'not-authorised'],
		[404, 'not-found'],
		[409, 'conflict']
	])('a handler’s %s keeps its status and message', (status, code) => {
		const error = answer(status, { code: status, message: 'Seat is sold', source: 'invocation' });
		expect(error).toMatchObject({ status, code, message: 'Seat is sold', retryable: false });
	});

	test('a handler’s 500 is a failure of the service', () => {
		expect(answer(500, { message: 'boom', source: 'invocation' })).toMatchObject({
			status: 502,
			code: 'service-failed'
		});
	});

	test('the ingress’s own 404 means that nothing is registered, not that the seat is unknown', () => {
		const body = { code: 404, message: "service 'Ticket' not found", source: 'ingress' };
		expect(answer(404, body)).toMatchObject({ status: 503, code: 'service-missing' });
	});

	test('a body that is not JSON', () => {
		expect(toUpstream(new HttpCallError(503, 'upstream gone', 'x'))).toMatchObject({
			status: 502,
			message: 'The Nexus service failed: upstream gone'
		});
	});

	test('no answer in time, and no connection', () => {
		expect(toUpstream(new DOMException('late', 'TimeoutError'))).toMatchObject({
			status: 504,
			retryable: true
		});
		expect(toUpstream(new TypeError('fetch failed'))).toMatchObject({
			status: 503,
			code: 'ingress-unreachable',
			retryable: true
		});
	});
});
