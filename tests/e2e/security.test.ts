import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Response } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { it, open } from '../support/browser.ts';
import { call, EVENT, freshSeat, getSeat } from '../support/nexus.ts';
import { everyPage, visit } from '../support/pages/walk.ts';

const { urls, ports } = inject('settings');
const workers = `${ports.worker}|${ports.occupancy}`;

describe('what the browser receives', () => {
	it('holds no upstream’s address and no key, on no page', async ({ page, tolerate }) => {
		tolerate(/status of 404/);
		const bodies = collectBodies(page);
		const stops = await everyPage();
		for (const stop of stops) await visit(page, stop);
		const received = await bodies();
		const pages = received.filter(({ type }) => type === 'text/html').map(({ url }) => url);
		expect(pages).toEqual(expect.arrayContaining(stops.map(({ path }) => urls.console + path)));
		for (const type of ['text/javascript', 'text/css', 'application/json'])
			expect(
				received.some((each) => each.type === type),
				type
			).toBe(true);
		received.push({ url: 'stream', type: 'text/event-stream', text: await firstEvent() });
		const key = inject('operatorSigningKey').split('\n').slice(1, -2).join('');
		const secret = new RegExp(
			[
				`(localhost|127\\.0\\.0\\.1|\\[::1\\]):(${ports.admin}|${ports.ingress}|${workers})\\b`,
				'PRIVATE KEY',
				key.replaceAll(/[+/]/g, '\\$&'),
				'OPERATOR_SIGNING_KEY|RESTATE_ADMIN_URL|RESTATE_INGRESS_URL|RESTATE_TOKEN'
			].join('|')
		);
		// Where the service's versions run is what that one page is about.
		const shown = (url: string, text: string) =>
			new URL(url, urls.console).pathname.startsWith('/deployments')
				? text.replaceAll(new RegExp(`localhost:(${workers})`, 'g'), '')
				: text;
		for (const { url, text } of received)
			expect(secret.exec(shown(url, text))?.[0], url).toBeUndefined();
	});

	it('comes with the headers that keep others out', async () => {
		for (const { path } of await everyPage()) {
			const response = await fetch(urls.console + path);
			await response.body?.cancel();
			const headers = Object.fromEntries(response.headers);
			const policy = directives(headers['content-security-policy'] ?? '');
			expect(policy['script-src'], path).toMatch(/^'self' 'nonce-[^']+'$/);
			expect(policy).toMatchObject({
				'default-src': "'self'",
				'frame-ancestors': "'none'",
				'object-src': "'none'",
				'base-uri': "'none'",
				'form-action': "'self'"
			});
			expect(headers).toMatchObject({
				'x-content-type-options': 'nosniff',
				'referrer-policy': 'same-origin',
				'cross-origin-opener-policy': 'same-origin'
			});
			expect(headers['x-request-id']).toMatch(/^req_/);
		}
	});

	it('runs no script that the console did not send', async ({ page, tolerate }) => {
		tolerate(/Content Security Policy/);
		await open(page, '/');
		const ran = await page.evaluate(async () => {
			const refused = new Promise((resolve) =>
				document.addEventListener('securitypolicyviolation', resolve, { once: true })
			);
			const script = document.createElement('script');
			script.textContent = 'document.title = "injected"';
			document.body.append(script);
			await refused;
			return document.title;
		});
		expect(ran).not.toBe('injected');
	});
});

describe('another site', () => {
	it('cannot post a change, nor frame a page', async ({ page, tolerate }) => {
		tolerate(/asked another site|status of 40[34]|frame-ancestors|Content Security Policy/);
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'niaj');
		const { server, url } = await hostilePage(seat);
		try {
			await page.goto(url);
			const [answer] = await Promise.all([
				page.waitForResponse((response) => response.request().method() === 'POST'),
				page.getByRole('button', { name: 'Win a prize' }).click()
			]);
			expect(answer.status()).toBe(403);
			expect((await getSeat(seat)).status).toBe('RESERVED');

			await page.goto(`${url}/frame`);
			const frame = page.frames().find((each) => each !== page.mainFrame());
			expect(await frame?.getByRole('heading', { level: 1 }).count()).toBe(0);
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});
});

interface Received {
	url: string;
	type: string;
	text: string;
}

/** Remembers each whole answer's text; streams are left out, as they do not end. */
function collectBodies(page: Page) {
	const bodies: Promise<Received | undefined>[] = [];
	const read = async (response: Response | null): Promise<Received | undefined> => {
		const type = response?.headers()['content-type']?.split(';')[0] ?? '';
		if (!response || !/html|javascript|css|json/.test(type)) return undefined;
		return { url: response.url(), type, text: await response.text() };
	};
	page.on('requestfinished', (request) => {
		// The browser forgets an answer once it has left its page.
		bodies.push(
			request
				.response()
				.then(read)
				.catch(() => undefined)
		);
	});
	return async () => (await Promise.all(bodies)).filter((body) => body !== undefined);
}

async function firstEvent(): Promise<string> {
	const stream = await fetch(`${urls.console}/events/${EVENT}/stream`);
	const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
	let text = '';
	while (reader && !text.includes('\n\n')) text += (await reader.read()).value ?? '';
	await reader?.cancel();
	return text;
}

/** A site on another host name, with a form that posts to the console and a frame of it. */
async function hostilePage(seat: string): Promise<{ server: Server; url: string }> {
	const form = `<form method="post" action="${urls.console}/seats/${seat}?/release">
		<input type="hidden" name="reason" value="a prize for you">
		<input type="hidden" name="intentId" value="${crypto.randomUUID()}">
		<input type="hidden" name="epoch" value="1">
		<button>Win a prize</button>
	</form>`;
	const server = createServer(({ url }, response) => {
		response.setHeader('content-type', 'text/html');
		response.end(url === '/frame' ? `<iframe src="${urls.console}/seats/${seat}"></iframe>` : form);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const directives = (policy: string): Record<string, string> =>
	Object.fromEntries(
		policy.split('; ').map((directive) => {
			const [name = '', ...values] = directive.split(' ');
			return [name, values.join(' ')];
		})
	);
