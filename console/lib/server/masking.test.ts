import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Masker, MASK_SIGN } from './masking.ts';

const tag = (text: string): string => String(text.length);
const mask = <T>(value: T): T => new Masker(tag).mask(value);
const bytes = (value: unknown): number[] => [...new TextEncoder().encode(JSON.stringify(value))];

describe('mask', () => {
	test.each<[string, unknown, unknown]>([
		['a buyer', { userId: 'alice' }, { userId: 'a•••5' }],
		['a holder', { reservedBy: 'alice', holder: 'bob' }, { reservedBy: 'a•••5', holder: 'b•••3' }],
		['an address', { email: 'al@x.org' }, { email: 'a•••8' }],
		['a payment method', { paymentMethod: 'pm_card_visa' }, { paymentMethod: 'p•••12' }],
		['an address in a sentence', { reason: 'told al@x.org twice' }, { reason: 'told a•••8 twice' }],
		['a method in a sentence', { message: 'pm_1abc declined' }, { message: 'p•••7 declined' }],
		[
			'a session',
			{ service: 'UserSession', key: 'alice' },
			{ service: 'UserSession', key: 'a•••5' }
		],
		['another key', { service: 'Ticket', key: 'e:A-1' }, { service: 'Ticket', key: 'e:A-1' }],
		[
			'a target',
			{ invoked_by_target: 'UserSession/bob/open' },
			{ invoked_by_target: 'UserSession/b•••3/open' }
		],
		[
			'a name in a sentence beside it',
			{ userId: 'alice', message: 'Seat held for alice.' },
			{ userId: 'a•••5', message: 'Seat held for a•••5.' }
		],
		[
			'no part of a word',
			{ userId: 'ann', message: 'planned' },
			{ userId: 'a•••3', message: 'planned' }
		],
		['no status', { userId: 'SOLD', status: 'SOLD' }, { userId: 'S•••4', status: 'SOLD' }],
		['a caller’s key', { idempotencyKey: 'alice-1' }, { idempotencyKey: 'a•••7' }],
		[
			'not one of our own',
			{ idempotencyKey: 'ord_1abc/void/1' },
			{ idempotencyKey: 'ord_1abc/void/1' }
		],
		[
			'a buyer’s transition',
			{ epoch: 2, event: 'reserve', actor: 'alice' },
			{ epoch: 2, event: 'reserve', actor: 'a•••5' }
		],
		[
			'not an operator’s',
			{ epoch: 2, event: 'force-release', actor: 'olga' },
			{ epoch: 2, event: 'force-release', actor: 'olga' }
		],
		[
			'not a timer’s',
			{ epoch: 2, event: 'expire', actor: 'timer' },
			{ epoch: 2, event: 'expire', actor: 'timer' }
		],
		[
			'JSON in a text',
			{ state: '{"reservedBy":"alice","v":1}' },
			{ state: '{"reservedBy":"a•••5","v":1}' }
		],
		[
			'nothing in what has none',
			{ n: 1, on: true, none: null, id: 'inv_1' },
			{ n: 1, on: true, none: null, id: 'inv_1' }
		]
	])('%s', (_, value, masked) => {
		expect(mask(value)).toEqual(masked);
	});

	test('a journal’s payload, but for what the system calls things itself', () => {
		const input = {
			...{
				ticketId: 'e:A-1',
				userId: 'alice',
				note: 'aisle, please',
				amount: 12,
				paymentMethod: 'x'
			},
			orderId: 'ord_1abc'
		};
		const entry = {
			Command: { Input: { payload: bytes(input), headers: [{ name: 'x-shop', value: 'alice' }] } }
		};
		const { entry_json } = mask({ entry_json: JSON.stringify(entry) });
		const { payload, headers } = (JSON.parse(entry_json) as typeof entry).Command.Input;
		expect(JSON.parse(new TextDecoder().decode(Uint8Array.from(payload)))).toEqual({
			...{ ticketId: 'e:A-1', userId: 'a•••5', note: 'a•••13', amount: 12, paymentMethod: 'x•••1' },
			orderId: 'ord_1abc'
		});
		expect(headers).toEqual([{ name: 'x-shop', value: 'a•••5' }]);
	});

	test('a payload that is a name and nothing else', () => {
		const entry = JSON.stringify({ Command: { Input: { payload: bytes('alice') } } });
		expect(mask({ entry_json: entry }).entry_json).toBe(
			JSON.stringify({ Command: { Input: { payload: bytes('a•••5') } } })
		);
	});

	test('somebody met in an earlier reading of the same request', () => {
		const masker = new Masker(tag);
		masker.mask({ userId: 'alice' });
		expect(masker.mask({ message: 'alice waits' })).toEqual({ message: 'a•••5 waits' });
	});

	test('each row of a long list with its own names', () => {
		const rows = Array.from({ length: 300 }, (_, n) => ({
			userId: `user-${n}`,
			reason: `for user-${n}`
		}));
		const masked = mask({ rows });
		expect(JSON.stringify(masked)).not.toMatch(/user-\d/);
	});

	const name = fc
		.stringMatching(/^[a-z][a-z0-9-]{4,12}$/)
		.filter((text) => !/^(status|state)/.test(text));

	test('no name survives, wherever it stands beside its owner', () => {
		fc.assert(
			fc.property(name, fc.array(fc.string(), { maxLength: 4 }), (who, words) => {
				const value = {
					userId: who,
					message: [...words, who].join(' '),
					fields: { actor: { user: who }, text: `“${who}”` },
					rows: [JSON.stringify({ reservedBy: who })]
				};
				expect(JSON.stringify(mask(value))).not.toContain(who);
			})
		);
	});

	test('a masked value masks to itself, so that a reading may be veiled twice', () => {
		fc.assert(
			fc.property(name, (who) => {
				const once = mask({ userId: who, message: `held by ${who} <${who}@x.org>` });
				expect(mask(once)).toEqual(once);
				expect(once.userId).toContain(MASK_SIGN);
			})
		);
	});
});
