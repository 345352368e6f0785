import type { LogMetadata } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { describe, expect, it } from 'vitest';
import { lineOf } from './logging.ts';

const meta = (change: object = {}): LogMetadata =>
	({
		source: 'USER',
		level: 'info',
		replaying: false,
		context: {
			invocationId: 'inv_1',
			serviceName: 'Ticket',
			handlerName: 'reserve',
			key: 'e:s'
		},
		...change
	}) as unknown as LogMetadata;

const fromSdk = meta({ source: 'JOURNAL', level: 'warn' });

describe('lineOf', () => {
	it('ties a handler’s message and fields to its invocation', () => {
		expect(lineOf(meta(), ' Seat held\n', { userId: 'alice' }, { epoch: 2 })).toEqual({
			level: 'info',
			message: 'Seat held',
			invocationId: 'inv_1',
			service: 'Ticket',
			handler: 'reserve',
			key: 'e:s',
			userId: 'alice',
			epoch: 2
		});
	});

	it('says what a refusal said, without a stack', () => {
		const error = new Error('Ticket already sold');
		const refusal = Object.assign(error, { name: 'TerminalError', code: 409 });
		const line = lineOf(fromSdk, 'Error when processing a Restate context operation.\n', refusal);
		expect(line).toMatchObject({ message: 'Ticket already sold', code: 409 });
		expect(line).not.toHaveProperty('stack');
	});

	it('says where a failure came from', () => {
		const line = lineOf(fromSdk, 'Error when processing', new Error('no answer'));
		expect(line).toMatchObject({ message: 'no answer', stack: expect.any(String) as string });
	});

	it('says which step failed, and of which event', () => {
		const said = "Error when processing ctx.run 'Capture payment'.\n";
		expect(lineOf(fromSdk, said, new Error('no answer'))).toMatchObject({
			message: 'no answer',
			step: 'Capture payment',
			event: 'e'
		});
		expect(lineOf(meta(), 'Seat held')).not.toHaveProperty('event');
	});

	it.each([
		['a replayed line', meta({ replaying: true }), ['again']],
		['an attempt’s beginning', meta({ source: 'JOURNAL' }), ['Starting invocation.']],
		[
			'an error told before',
			fromSdk,
			['Error', new Error('(500) no answer\nStacktrace: Error: no answer\n    at x')]
		]
	])('leaves out %s', (_, about, said) => {
		expect(lineOf(about, ...said)).toBeUndefined();
	});
});
