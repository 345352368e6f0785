import { describe, expect, it } from 'vitest';
import { decideIdempotency, KEY_LIFETIME_MS } from './idempotency.ts';

const saved = { endpoint: '/v1/refunds', parameters: 'amount=5', at: 1000, readyAt: 3000 };
const ask = (change: Partial<typeof saved>) =>
	decideIdempotency(saved, { ...saved, at: 3000, ...change });

describe('decideIdempotency', () => {
	it('executes under a new key', () => {
		expect(decideIdempotency(undefined, saved)).toBe('execute');
	});

	it.each([
		['the same request', {}, 'replay'],
		['the last moment of the key', { at: 1000 + KEY_LIFETIME_MS - 1 }, 'replay'],
		['a day later', { at: 1000 + KEY_LIFETIME_MS }, 'execute'],
		['a day later, something else', { at: 1000 + KEY_LIFETIME_MS, parameters: 'x' }, 'execute'],
		['before the first answer left', { at: 2999 }, 'in_use'],
		['other parameters', { parameters: 'amount=6' }, 'other_parameters'],
		['other parameters at once', { at: 1000, parameters: 'amount=6' }, 'other_parameters'],
		['another endpoint', { endpoint: '/v1/payment_intents' }, 'other_endpoint']
	] as const)('%s: %o gives %s', (_, change, decision) => {
		expect(ask(change)).toBe(decision);
	});
});
