import { describe, expect, test } from 'vitest';
import { parseJustification } from './justification.ts';

const intentId = '3f2b1c9e-6d0a-4c1f-9b7e-0a1b2c3d4e5f';

function parse(fields: Record<string, string>) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return parseJustification(form);
}

describe('parseJustification', () => {
	test('trims; an empty ticket reference is none', () => {
		expect(parse({ reason: '  customer called ', ticketRef: ' ', intentId })).toEqual({
			ok: true,
			value: { reason: 'customer called', intentId }
		});
		expect(parse({ reason: 'stuck hold', ticketRef: 'OPS-7', intentId })).toMatchObject({
			value: { ticketRef: 'OPS-7' }
		});
	});

	test.each([
		[{ reason: 'why', intentId }, 'Say why, in at least 5 characters'],
		[{ reason: '       ', intentId }, 'Say why, in at least 5 characters'],
		[{ intentId }, 'Say why, in at least 5 characters'],
		[{ reason: 'x'.repeat(501), intentId }, 'Say why in at most 500 characters'],
		[
			{ reason: 'stuck hold', ticketRef: 'x'.repeat(101), intentId },
			'A ticket reference has at most 100 characters'
		],
		[{ reason: 'stuck hold' }, 'The form is incomplete: reload the page and try again'],
		[
			{ reason: 'stuck hold', intentId: 'same-for-all' },
			'The form is incomplete: reload the page and try again'
		]
	])('refuses %j', (fields, message) => {
		expect(parse(fields as Record<string, string>)).toEqual({ ok: false, message });
	});
});
