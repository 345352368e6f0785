import { describe, expect, it } from 'vitest';
import { RequestRejected } from './answer.ts';
import {
	captureIntentParams,
	createIntentParams,
	listIntentsParams,
	readParams
} from './stripe-params.ts';

const VALID = 'amount=500&currency=EUR';

function errorOf(read: () => unknown): unknown {
	try {
		read();
	} catch (error) {
		if (error instanceof RequestRejected) return error.answer;
		throw error;
	}
	return expect.fail('was accepted');
}

describe('readParams', () => {
	it('reads what the client sends for an authorisation', () => {
		const form = `${VALID}&confirm=true&capture_method=manual&payment_method=pm_card_visa&metadata[order_id]=o1&automatic_payment_methods[enabled]=true&automatic_payment_methods[allow_redirects]=never&payment_method_types[0]=card`;
		expect(readParams(createIntentParams, form)).toMatchObject({
			amount: 500,
			currency: 'eur',
			confirm: true,
			capture_method: 'manual',
			payment_method: 'pm_card_visa',
			metadata: { order_id: 'o1' }
		});
	});

	it('has defaults', () => {
		expect(readParams(createIntentParams, VALID)).toEqual({
			amount: 500,
			currency: 'eur',
			confirm: false,
			capture_method: 'automatic',
			metadata: {}
		});
		expect(readParams(listIntentsParams, '')).toEqual({ limit: 10 });
	});

	it.each([
		['currency=eur', 'amount', 'parameter_missing'],
		['amount=5', 'currency', 'parameter_missing'],
		['amount=&currency=eur', 'amount', 'parameter_invalid_integer'],
		['amount=5.5&currency=eur', 'amount', 'parameter_invalid_integer'],
		['amount=0&currency=eur', 'amount', 'parameter_invalid_integer'],
		['amount=-5&currency=eur', 'amount', 'parameter_invalid_integer'],
		['amount=1e3&currency=eur', 'amount', 'parameter_invalid_integer'],
		['amount=100000000&currency=eur', 'amount', 'parameter_invalid_integer'],
		['amount=5&currency=euro', 'currency', undefined],
		[`${VALID}&confirm=yes`, 'confirm', undefined],
		[`${VALID}&capture_method=later`, 'capture_method', undefined],
		[`${VALID}&receipt_email=nobody`, 'receipt_email', undefined],
		[`${VALID}&metadata=x`, 'metadata', undefined],
		[`${VALID}&metadata[a][b]=x`, 'metadata[a]', undefined],
		[`${VALID}&metadata[${'k'.repeat(41)}]=x`, `metadata[${'k'.repeat(41)}]`, undefined],
		[`${VALID}&metadata[k]=${'v'.repeat(501)}`, 'metadata[k]', undefined],
		[`${VALID}&amonut=5`, 'amonut', 'parameter_unknown'],
		[
			`${VALID}&automatic_payment_methods[on]=true&automatic_payment_methods[enabled]=true`,
			'automatic_payment_methods[on]',
			'parameter_unknown'
		],
		[`${VALID}&a[b=1`, 'a[b', undefined]
	])('refuses %s', (form, param, code) => {
		const answer = errorOf(() => readParams(createIntentParams, form));
		expect(answer).toMatchObject({
			status: 400,
			body: { error: { type: 'invalid_request_error', param } }
		});
		expect(answer).toHaveProperty('body.error.message', expect.stringContaining(param));
		if (code) expect(answer).toHaveProperty('body.error.code', code);
	});

	it.each(['amount_to_capture=0', 'amount=5'])('refuses to capture with %s', (form) => {
		expect(errorOf(() => readParams(captureIntentParams, form))).toHaveProperty('status', 400);
	});
});
