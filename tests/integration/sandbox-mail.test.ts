import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { useSandbox } from '../support/sandbox.ts';

/** Resend's semantics. */

const { url, arm, ledger, authorise } = await useSandbox();

describe('mail', () => {
	const MAIL = {
		from: 'Nexus <t@nexus.example>',
		to: ['a@b.example'],
		subject: 'Yours',
		text: 'Hi'
	};

	const send = async (mail: unknown, key?: string) => {
		const response = await fetch(`${url}/emails`, {
			method: 'POST',
			headers: {
				authorization: 'Bearer re_sandbox',
				'content-type': 'application/json',
				...(key === undefined ? {} : { 'idempotency-key': key })
			},
			body: typeof mail === 'string' ? mail : JSON.stringify(mail)
		});
		const body = (await response.json()) as { id: string; name?: string; message?: string };
		return { status: response.status, body };
	};

	it('sends once a key', async () => {
		const { status, body } = await send(MAIL, 'm1');
		expect(status).toBe(200);
		expect((await send(MAIL, 'm1')).body).toEqual(body);
		expect(await send({ ...MAIL, text: 'Ho' }, 'm1')).toMatchObject({
			status: 409,
			body: { statusCode: 409, name: 'invalid_idempotent_request' }
		});
		expect((await ledger()).emails).toMatchObject([
			{ id: body.id, to: ['a@b.example'], idempotency_key: 'm1', requests: 2 }
		]);
		const shown = await fetch(`${url}/emails/${body.id}`, {
			headers: { authorization: 'Bearer re_sandbox' }
		});
		expect(await shown.json()).toMatchObject({ subject: 'Yours', last_event: 'delivered' });
	});

	it.each<[string, unknown, number, string, string]>([
		['no subject', { ...MAIL, subject: undefined }, 422, 'missing_required_field', 'subject'],
		['no body', { ...MAIL, text: undefined }, 422, 'missing_required_field', 'html'],
		['no recipient', { ...MAIL, to: undefined }, 422, 'missing_required_field', 'to'],
		['no address', { ...MAIL, to: 'nobody' }, 422, 'validation_error', 'email@example.com'],
		['no answer address', { ...MAIL, reply_to: 'x' }, 422, 'validation_error', 'reply_to'],
		['no recipients', { ...MAIL, to: [] }, 422, 'validation_error', 'to'],
		[
			'a bad tag',
			{ ...MAIL, tags: [{ name: 'a b', value: 'c' }] },
			422,
			'validation_error',
			'tags'
		],
		['an unknown field', { ...MAIL, replyTo: 'a@b.example' }, 422, 'validation_error', 'replyTo'],
		['no JSON', '{', 400, 'validation_error', 'JSON']
	])('refuses %s', async (_, mail, status, name, mention) => {
		const refused = await send(mail, 'm2');
		expect(refused).toMatchObject({ status, body: { statusCode: status, name } });
		expect(refused.body.message).toContain(mention);
		expect((await send(MAIL, 'm2')).status).toBe(200);
	});

	it('refuses a key too long, one in use, and a request without an API key', async () => {
		expect((await send(MAIL, 'm'.repeat(257))).body.name).toBe('invalid_idempotency_key');
		await arm({ emails: { delayMs: 1000, times: 1 } });
		const first = send(MAIL, 'm3');
		await sleep(300);
		expect((await send(MAIL, 'm3')).body.name).toBe('concurrent_idempotent_requests');
		expect((await first).status).toBe(200);
		const keyless = await fetch(`${url}/emails`, { method: 'POST' });
		expect(keyless.status).toBe(401);
	});

	it('fails and drops as told, apart from payments', async () => {
		await arm({ emails: { status: 500, times: 1 } });
		expect((await authorise()).status).toBe('requires_capture');
		expect((await send(MAIL, 'm4')).status).toBe(500);
		await arm({ emails: { dropAfterCommit: true, times: 1 } });
		await expect(send(MAIL, 'm4')).rejects.toThrow('fetch failed');
		expect((await send(MAIL, 'm4')).status).toBe(200);
		expect((await ledger()).emails).toMatchObject([{ requests: 2 }]);
	});
});
