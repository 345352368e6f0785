import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { call, freshSeat, getSeat, query } from '../support/nexus.ts';

/** What the console's server keeps from the browser, and whom it lets change anything. */

const { urls } = inject('settings');

const get = (path: string, headers: Record<string, string> = {}) =>
	fetch(`${urls.console}${path}`, { headers });

const SECRETS = () => {
	const key = inject('operatorSigningKey');
	const body = key.split('\n').slice(1, -2).join('');
	return [urls.admin, urls.ingress, new URL(urls.admin).host, 'PRIVATE KEY', body];
};

describe('what reaches the browser', () => {
	it('holds neither an upstream’s address nor a key: pages and their data', async () => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'alice');
		const [row] = await query<{ id: string }>(
			`SELECT id FROM sys_invocation_status WHERE target_service_key = '${seat}' LIMIT 1`
		);
		const pages = ['/', '/invocations', `/invocations/${row?.id ?? ''}`, `/seats/${seat}`];
		for (const path of pages) {
			const data = `${path === '/' ? '' : path}/__data.json`;
			for (const url of [path, data]) {
				const response = await get(url);
				expect(response.status, url).toBe(200);
				const text = await response.text();
				for (const secret of SECRETS()) expect(text, url).not.toContain(secret);
			}
		}
	});

	it('holds neither: every script and style of the build', () => {
		const root = '.svelte-kit/cloudflare/_app';
		const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
			entry.isFile()
		);
		expect(files.length).toBeGreaterThan(10);
		const words = [...SECRETS(), 'OPERATOR_SIGNING_KEY', 'RESTATE_ADMIN_URL', 'RESTATE_TOKEN'];
		for (const { parentPath, name } of files) {
			const text = readFileSync(join(parentPath, name), 'utf8');
			for (const word of words) expect(text, name).not.toContain(word);
		}
	});

	it('shows no operator token in a journal', async () => {
		const seat = await freshSeat();
		const token = 'eyJhbGciOiJFZERTQSJ9.eyJyb2xlIjoib3BlcmF0b3IifQ.c2lnbmF0dXJl';
		await call(`Ticket/${seat}/reserve`, 'bob', {
			'x-nexus-operator': token,
			authorization: `Bearer ${token}`
		});
		const [row] = await query<{ id: string }>(
			`SELECT id FROM sys_invocation_status WHERE target_service_key = '${seat}'
				AND target_handler_name = 'reserve'`
		);
		const page = `/invocations/${row?.id ?? ''}`;
		const payload = await (await get(`${page}/payloads?entry=0`)).text();
		expect(payload).toContain('[redacted]');
		for (const text of [payload, await (await get(page)).text()]) expect(text).not.toContain(token);
	});

	it('comes with its security headers and a request ID', async () => {
		const { headers } = await get('/invocations');
		expect(headers.get('content-security-policy')).toContain("default-src 'self'");
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('referrer-policy')).toBe('same-origin');
		expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
		expect(headers.get('x-request-id')).toMatch(/^req_/);
	});
});

describe('a change', () => {
	/** Sends the form of a change's own page, as that page gave it. */
	async function release(seat: string, headers: Record<string, string>) {
		const address = `${urls.console}/changes/new?what=forceRelease&target=${seat}`;
		const page = await (await fetch(address, { headers: { accept: 'text/html' } })).text();
		const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1];
		return fetch(`${urls.console}/changes/new?/ask`, {
			method: 'POST',
			redirect: 'manual',
			headers: { accept: 'text/html', ...headers },
			body: new URLSearchParams({
				reason: 'guard test',
				intentId: field('intentId') ?? '',
				seal: field('seal') ?? ''
			})
		});
	}

	it.each([
		['another site’s page', { origin: 'https://evil.example' }],
		['a request that names no origin', {}],
		['a frame of another site', { 'sec-fetch-site': 'cross-site' }]
	])('is refused to %s', async (_, headers) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'alice');
		expect((await release(seat, headers as Record<string, string>)).status).toBe(403);
		expect((await getSeat(seat)).status).toBe('RESERVED');
	});

	it('is done for a page of this console, without any script', async () => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'alice');
		expect((await release(seat, { origin: urls.console })).status).toBe(303);
		await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
	});
});

describe('an address that names nothing', () => {
	it.each([
		['/seats/nope', 400, 'is not a seat key'],
		['/seats/concert-1:NOPE-1', 404, 'has no seat'],
		['/invocations/xyz', 400, 'is not an invocation ID'],
		['/invocations/inv_1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz', 404, 'knows no invocation'],
		['/invocations?status=broken', 400, 'is not a status'],
		['/invocations?before=x', 400, 'is not a place in the list'],
		['/nowhere', 404, 'There is no page at']
	])('%s answers %s', async (path, status, message) => {
		const response = await get(path, { accept: 'text/html' });
		expect(response.status).toBe(status);
		expect(await response.text()).toContain(message);
	});
});
