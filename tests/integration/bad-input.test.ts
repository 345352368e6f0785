import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { freshSeat, getSeat, query } from '../support/nexus.ts';

/**
 * Malformed, oversized, mistyped and hostile input at every public handler, found by asking the
 * server for them, so that a new one is not forgotten: a 4xx that says why, nothing else.
 */

const { urls } = inject('settings');

interface Service {
	name: string;
	ty: string;
	public: boolean;
	handlers: { name: string; public: boolean }[];
}

const services = ((await (await fetch(`${urls.admin}/services`)).json()) as { services: Service[] })
	.services;

const handlers = services.flatMap(({ name, ty, handlers: all }) =>
	all
		.filter((handler) => handler.public)
		.map((handler) => ({
			name: `${name}/${handler.name}`,
			service: name,
			handler: handler.name,
			ty
		}))
);

/** What a stranger may put in a body: well-formed or not, small or large. */
const body: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc
	.oneof(
		fc.json({ maxDepth: 3 }),
		fc.string({ unit: 'binary', maxLength: 60 }),
		fc.constantFrom(
			'',
			'null',
			'{',
			'[[[[[[',
			'"',
			'{"__proto__":{"admin":true}}',
			'{"userId":"\\u0000"}',
			`{"userId":"${'x'.repeat(100_000)}"}`,
			`{"userId":"${'x'.repeat(10_000)}\\u0000"}`,
			`{"userId":"${'x'.repeat(1_000_000)}\\u0000"}`,
			`${'['.repeat(20_000)}${']'.repeat(20_000)}`,
			'{"ticketIds":[],"userId":"a","paymentMethod":"pm_card_visa"}',
			'{"ticketId":"a:b","userId":["a"],"paymentMethod":{}}',
			'{"ticketId":"nope:1","userId":"a","paymentMethod":"pm_card_visa"}',
			'{"seat":"x\'; DROP TABLE orders; --","reason":"because","expect":{"epoch":0}}',
			'{"invocationId":"inv_1","reason":"because","expect":{"status":"running"}}'
		)
	)
	.map((text) => new TextEncoder().encode(text));

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => new Uint8Array(array));

const hostileKey = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((key) => !/^\.*$/.test(key)),
	fc.constantFrom(
		'a:b:c',
		'%',
		"x' OR '1'='1",
		'a/b',
		'../x',
		'concert-1:',
		'é:è',
		' ',
		'x'.repeat(2_000)
	)
);

const CONTENT_TYPES = ['application/json', 'text/plain', 'application/octet-stream', ''];

async function send(
	path: string,
	content: Uint8Array<ArrayBuffer>,
	type: string
): Promise<[status: number, text: string]> {
	const token = await signOperatorToken(inject('operatorSigningKey'), { name: 'x', role: 'admin' });
	const response = await fetch(`${urls.ingress}/${path}`, {
		method: 'POST',
		headers: { [OPERATOR_HEADER]: token, ...(type ? { 'content-type': type } : {}) },
		body: content
	});
	return [response.status, await response.text()];
}

/** Reading handlers take no input, and ignore what is sent along. */
const READS = new Set(['get', 'history', 'venue']);

describe.each(handlers)('$name', ({ service, handler, ty }) => {
	const pathOf = (key: string) =>
		ty === 'VirtualObject'
			? `${service}/${encodeURIComponent(key)}/${handler}`
			: `${service}/${handler}`;

	it('answers 4xx to whatever is sent, and says why', async () => {
		await fc.assert(
			fc.asyncProperty(
				hostileKey,
				fc.oneof(body, bytes),
				fc.constantFrom(...CONTENT_TYPES),
				async (key, content, type) => {
					const [status, text] = await send(pathOf(key), content, type);
					const told = `${status} ${text.slice(0, 300)}`;
					expect(told).toMatch(/^4\d\d /);
					expect(text.length).toBeGreaterThan(10);
				}
			),
			{ numRuns: 40 }
		);
	});
});

it.each(handlers.filter(({ service, handler }) => service === 'Ticket' && !READS.has(handler)))(
	'$name leaves the seat as it was',
	async ({ name }) => {
		const seat = await freshSeat();
		const path = name.replace('/', `/${seat}/`);
		const mistyped = body.filter((content) => !namesUser(content));
		await fc.assert(
			fc.asyncProperty(mistyped, async (content) => {
				const [status] = await send(path, content, 'application/json');
				expect(status).toBeGreaterThanOrEqual(400);
				expect(status).toBeLessThan(500);
			}),
			{ numRuns: 40 }
		);
		expect((await getSeat(seat)).epoch).toBe(0);
	}
);

/** A body that happens to be a good request: a user ID, alone or in an object. */
function namesUser(content: Uint8Array): boolean {
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(content));
		const user = typeof value === 'object' && value !== null && 'userId' in value && value.userId;
		return typeof value === 'string' || typeof user === 'string';
	} catch {
		return false;
	}
}

it('refuses a body larger than any request of ours, before reading it', async () => {
	const answer = await new Promise<IncomingMessage>((resolve, reject) => {
		const headers = { 'content-type': 'application/json', 'content-length': 40 * 1024 * 1024 };
		const call = request(`${urls.ingress}/Checkout/checkout`, { method: 'POST', headers }, resolve);
		call.once('error', reject);
		call.flushHeaders();
	});
	expect(answer.statusCode).toBe(413);
	answer.destroy();
});

it('leaves nothing behind that is being retried', async () => {
	const stuck = await query(
		"SELECT target, last_failure FROM sys_invocation WHERE status IN ('backing-off', 'paused')"
	);
	expect(stuck).toEqual([]);
});
