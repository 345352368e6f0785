import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AUTHORISE, failure, useSandbox } from '../support/sandbox.ts';

/** What a payment survives: repeats, faults, restarts. */

const { stripe, control, arm, ledger, authorise, restart } = await useSandbox();

/** Over fetch, the client's raw headers are a `Headers`, whatever their type says. */
const replayed = ({ lastResponse }: { lastResponse: { headers: unknown } }) =>
	(lastResponse.headers as Headers).get('idempotent-replayed');

describe('idempotency', () => {
	it('answers a key again without a second effect', async () => {
		const first = await authorise({}, 'k1');
		const again = await authorise({}, 'k1');
		expect(again).toEqual(first);
		expect(replayed(first)).toBeNull();
		expect(replayed(again)).toBe('true');
		expect((await ledger()).intents).toMatchObject([
			{ id: first.id, idempotency_key: 'k1', requests: 2, calls: [{ operation: 'create' }] }
		]);
	});

	it('answers a decline again, also once the card would pay', async () => {
		const declining = { payment_method: 'pm_card_chargeDeclined' };
		const first = await failure(authorise(declining, 'k2'));
		const again = await failure(authorise(declining, 'k2'));
		expect(again).toMatchObject({ statusCode: 402, payment_intent: first.payment_intent });
		expect((await ledger()).intents).toHaveLength(1);
	});

	it('refuses a key for other parameters or another endpoint', async () => {
		const { id } = await authorise({}, 'k3');
		for (const call of [
			() => authorise({ amount: 1 }, 'k3'),
			() => stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k3' })
		]) {
			expect(await failure(call())).toMatchObject({
				type: 'StripeIdempotencyError',
				statusCode: 400
			});
		}
		expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
	});

	it('keeps no answer for a request that was invalid', async () => {
		await failure(authorise({ currency: 'euro' }, 'k4'));
		expect((await authorise({}, 'k4')).status).toBe('requires_capture');
	});

	it('refuses a key too long, and one in use', async () => {
		expect(await failure(authorise({}, 'k'.repeat(256)))).toMatchObject({ statusCode: 400 });
		expect((await authorise({}, 'k'.repeat(255))).status).toBe('requires_capture');
		await arm({ payments: { delayMs: 1000, times: 1 } });
		const first = authorise({}, 'k5');
		await sleep(300);
		expect(await failure(authorise({}, 'k5'))).toMatchObject({
			statusCode: 409,
			code: 'idempotency_key_in_use'
		});
		const { id } = await first;
		expect((await authorise({}, 'k5')).id).toBe(id);
	});

	it('makes one payment of many equal requests at once', async () => {
		const all = await Promise.all(Array.from({ length: 40 }, () => authorise({}, 'k6')));
		expect(new Set(all.map(({ id }) => id)).size).toBe(1);
		expect((await ledger()).intents).toMatchObject([{ requests: 40 }]);
	});
});

describe('faults', () => {
	it('fails as many requests as it says, before they do anything', async () => {
		await arm({ payments: { status: 503, times: 2 } });
		expect(await failure(authorise({}, 'f1'))).toMatchObject({
			type: 'StripeAPIError',
			statusCode: 503
		});
		expect((await ledger()).intents).toEqual([]);
		expect((await control('GET', '/__faults')).body).toEqual({
			payments: { status: 503, times: 1 },
			emails: {}
		});
		await failure(authorise({}, 'f1'));
		expect((await authorise({}, 'f1')).status).toBe('requires_capture');
	});

	it.each([
		[402, 'StripeCardError'],
		[429, 'StripeRateLimitError'],
		[500, 'StripeAPIError']
	])('answers %i until cleared', async (status, type) => {
		await arm({ payments: { status } });
		for (let n = 0; n < 3; n++) {
			expect(await failure(authorise())).toMatchObject({ statusCode: status, type });
		}
		await control('DELETE', '/__faults');
		expect((await authorise()).status).toBe('requires_capture');
	});

	it('commits, then breaks the connection; the retry finds what was done', async () => {
		await arm({ payments: { dropAfterCommit: true, times: 1 } });
		await stripe.paymentIntents.list();
		const error = await failure(authorise({}, 'f2'));
		expect(error.type).toBe('StripeConnectionError');
		expect(error.statusCode).toBeUndefined();
		const { intents } = await ledger();
		expect(intents).toMatchObject([{ status: 'requires_capture', requests: 1 }]);
		const again = await authorise({}, 'f2');
		expect(again.id).toBe(intents[0]?.id);
		expect((await ledger()).intents).toMatchObject([{ id: again.id, requests: 2 }]);
	});

	it('flips the same coins for the same seed', async () => {
		const sale = async () => {
			await arm({ payments: { declineRate: 0.5, seed: 42 } });
			const outcomes: boolean[] = [];
			for (let n = 0; n < 20; n++) {
				outcomes.push(
					await authorise().then(
						() => true,
						() => false
					)
				);
			}
			return outcomes;
		};
		const outcomes = await sale();
		expect(outcomes).toContain(true);
		expect(outcomes).toContain(false);
		expect(await sale()).toEqual(outcomes);
	});

	it('holds an answer past the patience of the client, having done what was asked', async () => {
		await arm({ payments: { delayMs: 1500, times: 1 } });
		const call = stripe.paymentIntents.create(AUTHORISE, { timeout: 300 });
		expect((await failure(call)).type).toBe('StripeConnectionError');
		expect((await ledger()).intents).toMatchObject([{ status: 'requires_capture' }]);
	});

	it('says everything that is wrong with a plan, and keeps the one it has', async () => {
		const plan = { payments: { status: 503, times: 3 }, emails: {} };
		await arm(plan);
		const wrong = { payments: { status: 99, retries: 1 }, emails: { declineRate: 1 }, mail: {} };
		const { status, body } = await control('PUT', '/__faults', wrong);
		expect(status).toBe(400);
		for (const field of ['payments.status', 'payments.retries', 'emails.declineRate', 'mail']) {
			expect(JSON.stringify(body)).toContain(field);
		}
		expect((await control('PUT', '/__faults')).status).toBe(400);
		expect((await control('PATCH', '/__faults', {})).status).toBe(405);
		expect((await control('GET', '/__fault')).status).toBe(404);
		expect((await control('GET', '/__faults')).body).toEqual(plan);
	});
});

describe('the ledger', () => {
	it('survives a restart, with keys and faults', async () => {
		const key = randomUUID();
		const { id } = await authorise({}, key);
		await arm({ payments: { status: 503, times: 2 } });
		await failure(stripe.paymentIntents.capture(id));
		const before = await ledger();
		await restart();
		expect(await ledger()).toEqual(before);
		await failure(stripe.paymentIntents.capture(id));
		expect((await authorise({}, key)).id).toBe(id);
	});

	it('tells how often each operation was asked for', async () => {
		const { id } = await authorise();
		for (let n = 0; n < 3; n++) {
			await stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'capture' });
		}
		const refund = await stripe.refunds.create({ payment_intent: id });
		expect(await ledger()).toMatchObject({
			intents: [
				{
					id,
					requests: 1,
					calls: [
						{ operation: 'create', requests: 1, status: 200 },
						{ operation: 'capture', requests: 3, status: 200, idempotency_key: 'capture' }
					]
				}
			],
			refunds: [{ id: refund.id, payment_intent: id, amount: 5000, requests: 1 }]
		});
	});
});
