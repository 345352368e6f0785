import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REDACTED, isSecretName, redactJson, redactText } from './redact.ts';

const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJyb2xlIjoib3BlcmF0b3IifQ.c2lnbmF0dXJl';

describe('isSecretName', () => {
	test.each([
		'x-nexus-operator',
		'Authorization',
		'cookie',
		'api_key',
		'apiKey',
		'token',
		'accessToken'
	])('%s', (name) => {
		expect(isSecretName(name)).toBe(true);
	});

	test.each(['key', 'ticketId', 'paymentMethod', 'idempotencyKey', 'holdId', 'tokens', 'author'])(
		'not %s',
		(name) => {
			expect(isSecretName(name)).toBe(false);
		}
	);
});

describe('redactText', () => {
	test.each([
		[`token ${JWT} expired`, `token ${REDACTED} expired`],
		['Authorization: Bearer abc.def-ghi', `Authorization: Bearer ${REDACTED}`],
		['Basic dXNlcjpwYXNz', `Basic ${REDACTED}`],
		['used sk_test_51Habc and whsec_1', `used ${REDACTED} and ${REDACTED}`],
		['pi_3abc_secret_def', REDACTED],
		['-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\nrest', `${REDACTED}\nrest`],
		[
			'pm_card_visa paid pi_3abc for ord_1e3ioaXRzuZ',
			'pm_card_visa paid pi_3abc for ord_1e3ioaXRzuZ'
		],
		['concert-1:101-A-7', 'concert-1:101-A-7']
	])('%j', (text, redacted) => {
		expect(redactText(text)).toBe(redacted);
	});
});

describe('redactJson', () => {
	test('by name and by form, at any depth', () => {
		const value = {
			userId: 'ada',
			headers: [{ authorization: 'abc', accept: '*/*' }],
			note: `call with ${JWT}`,
			token: null,
			n: 3
		};
		expect(redactJson(value)).toEqual({
			userId: 'ada',
			headers: [{ authorization: REDACTED, accept: '*/*' }],
			note: `call with ${REDACTED}`,
			token: null,
			n: 3
		});
	});

	test('no token survives, wherever it stands', () => {
		const place = fc.letrec((tie) => ({
			node: fc.oneof(
				fc.constant<unknown>(JWT),
				fc.string().map((s) => `${s} ${JWT} ${s}`),
				fc.array(tie('node'), { maxLength: 3 }),
				fc.dictionary(fc.string(), tie('node'), { maxKeys: 3 })
			)
		})).node;
		fc.assert(
			fc.property(place, (value) => {
				expect(JSON.stringify(redactJson(value))).not.toContain(JWT);
			})
		);
	});
});
