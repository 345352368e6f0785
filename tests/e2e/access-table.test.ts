import { beforeAll, describe, expect, inject, it } from 'vitest';
import { ROLES } from '../../shared/operator-token.ts';
import type { Role } from '../../shared/operator-token.ts';
import type { Requested } from '../../console/lib/operations/requests.ts';
import { seal } from '../../console/lib/server/seal.ts';
import { CHANGE_ACTIONS, MAY_ASK } from '../../shared/change.ts';
import type { ChangeAction } from '../../shared/change.ts';
import { until } from '../../scripts/until.ts';
import { as } from '../support/identities.ts';
import { call, EVENT, freshSeat, getHistory, getSeat, operate } from '../support/nexus.ts';
import { addressOf, readRoutes } from '../support/routes.ts';
import type { Route, Samples } from '../support/routes.ts';

/** Who may do what: every route of the console by every role, over HTTP. */

const { urls } = inject('settings');

const OPERATORS: readonly Role[] = ['operator', 'approver', 'admin'];
const APPROVERS: readonly Role[] = ['approver', 'admin'];
const ADMINS: readonly Role[] = ['admin'];

/** Every form action, and who may send it. One that is not here fails the walk. */
const ACTIONS: Record<string, readonly Role[]> = {
	'/changes/[id]?/approve': APPROVERS,
	'/changes/[id]?/reject': APPROVERS,
	'/changes/[id]?/stop': OPERATORS,
	'/changes/[id]?/undo': OPERATORS,
	'/changes/bulk?/ask': OPERATORS,
	'/changes/bulk/seats?/ask': OPERATORS,
	'/changes/new?/ask': OPERATORS,
	'/deployments?/preview': ADMINS,
	'/deployments?/register': ADMINS,
	'/deployments?/remove': ADMINS,
	'/worklist?/assign': OPERATORS,
	'/worklist?/reopen': OPERATORS,
	'/worklist?/resolve': OPERATORS,
	'/worklist?/snooze': OPERATORS
};

/** Pages that only who may ask for a change gets to see, with what they are asked. */
const ASKING: Record<string, (of: Samples) => string> = {
	'/changes/bulk': () => '?act=cancel&key=nobody',
	'/changes/bulk/seats': ({ event }) => `?event=${event}&all=on`,
	'/changes/new': ({ seat }) => `?what=forceRelease&target=${seat}`,
	'/changes/new/data': ({ seat }) => `?what=forceRelease&target=${seat}`
};

/** Every other request that is not a read. Choosing whom to play changes nothing but a cookie. */
const CHANGES: Record<string, readonly Role[]> = { 'POST /identity': ROLES };

let routes: Route[];
let samples: Samples;
beforeAll(async () => {
	const [held, sold, freed] = [await freshSeat(), await freshSeat(), await freshSeat()];
	await call(`Ticket/${held}/reserve`, 'alice');
	await call(`Ticket/${freed}/reserve`, 'alice');
	await call('Checkout/checkout', {
		...{ ticketId: sold, userId: 'alice', paymentMethod: 'pm_card_visa' }
	});
	const { orderId, checkoutId } = await getSeat(sold);
	const released = await operate<{ changeId: string }>('forceRelease', {
		...{ seat: freed, expect: { epoch: (await getSeat(freed)).epoch }, reason: 'access table' }
	});
	expect(released.status, JSON.stringify(released.body)).toBe(200);
	samples = {
		...{ event: EVENT, seat: held, order: orderId ?? '', invocation: checkoutId ?? '' },
		change: released.body.changeId
	};
	routes = await readRoutes();
	await until(
		'the order is on record',
		async () => (await get(`/orders/${samples.order}`, 'admin')).ok
	);
});

const get = (path: string, identity: string) =>
	fetch(urls.console + path, { headers: { ...as(identity), accept: 'text/html' } });

const send = (
	path: string,
	headers: Record<string, string>,
	method = 'POST',
	form: Record<string, string> = {}
) =>
	fetch(urls.console + path, {
		method,
		redirect: 'manual',
		headers: { accept: 'text/html', ...headers },
		...(method === 'GET' ? {} : { body: new URLSearchParams(form) })
	});

const own = { origin: urls.console };

/** What a form of that change carries, as this console would have sealed it. */
const sealed = (action: ChangeAction): Promise<string> =>
	seal(inject('operatorSigningKey'), {
		requested: { action, request: {} } as unknown as Requested,
		preview: []
	});

/** The addresses of all requests that could change something: form actions and endpoints. */
const mutations = (): { name: string; path: string; method: string }[] =>
	routes.flatMap((route) => {
		const path = addressOf(route, samples);
		const forms = route.actions.map((action) => ({
			name: `${route.id}?/${action}`,
			path: `${path}?/${action}`,
			method: 'POST'
		}));
		const endpoints = route.kind === 'endpoint' ? route.methods.filter((m) => m !== 'GET') : [];
		return [
			...forms,
			...endpoints.map((method) => ({ name: `${method} ${route.id}`, path, method }))
		];
	});

describe('the table', () => {
	it('has every action and every change there is, and no other', () => {
		expect(
			mutations()
				.map(({ name }) => name)
				.toSorted()
		).toEqual([...Object.keys(ACTIONS), ...Object.keys(CHANGES)].toSorted());
	});
});

describe('every page and data route', () => {
	it('answers each role as it answers an admin', { timeout: 180_000 }, async () => {
		const reads = routes.filter(({ methods }) => methods.includes('GET'));
		expect(reads.length).toBeGreaterThan(30);
		for (const route of reads) {
			if (route.id.endsWith('/stream')) continue;
			const path = addressOf(route, samples) + (ASKING[route.id]?.(samples) ?? '');
			const { status } = await get(path, 'admin');
			expect(status, path).not.toBe(403);
			expect(status, path).toBeLessThan(500);
			for (const role of ROLES)
				for (const identity of [role, `${role}-masked`]) {
					const refused = route.id in ASKING && !OPERATORS.includes(role);
					const answer = (await get(path, identity)).status;
					expect(answer, `${path} for ${identity}`).toBe(refused ? 403 : status);
				}
		}
	});
});

describe('every form action and change', () => {
	it('is open to its roles alone', { timeout: 180_000 }, async () => {
		for (const { name, path, method } of mutations()) {
			const allowed = ACTIONS[name] ?? CHANGES[name] ?? [];
			for (const role of ROLES) {
				const form = { seal: await sealed('forceRelease') };
				const { status } = await send(path, { ...own, ...as(role) }, method, form);
				// A form without a reason is refused for that, where its sender may ask at all.
				if (allowed.includes(role)) expect(status, `${name} as ${role}`).not.toBe(403);
				else expect(status, `${name} as ${role}`).toBe(403);
			}
		}
	});

	it.each(CHANGE_ACTIONS)('asks for %s for its roles alone', async (action) => {
		const form = { seal: await sealed(action) };
		for (const role of ROLES) {
			const { status } = await send('/changes/new?/ask', { ...own, ...as(role) }, 'POST', form);
			expect(status, role).toBe(MAY_ASK[action].includes(role) ? 400 : 403);
		}
	});

	it.each<[string, Record<string, string>]>([
		['another site’s page', { origin: 'https://evil.example' }],
		['a page without an origin', { origin: 'null' }],
		['nowhere', {}],
		['another port of this host', { origin: 'http://localhost:1' }],
		['a subdomain', { origin: urls.console.replace('localhost', 'evil.localhost') }],
		['another site, whatever it says of its origin', { ...own, 'sec-fetch-site': 'cross-site' }],
		['a sibling site', { 'sec-fetch-site': 'same-site' }],
		['the address bar', { 'sec-fetch-site': 'none' }],
		['a method in disguise', { 'x-http-method-override': 'GET', 'x-method-override': 'GET' }],
		['a form of another type', { 'content-type': 'text/plain' }],
		['JSON', { 'content-type': 'application/json' }]
	])('is refused when it comes from %s', async (_, headers) => {
		for (const { name, path, method } of mutations()) {
			const { status } = await send(path, { ...as('admin'), ...headers }, method);
			expect(status, name).toBe(403);
		}
	});

	it('is not made by a read that names it', async () => {
		const before = await getHistory(samples.seat);
		for (const { path } of mutations())
			for (const disguise of [path, `${path}&_method=POST`, `${path}&method=POST`])
				await send(disguise, { ...as('admin'), 'x-http-method-override': 'POST' }, 'GET');
		expect(await getHistory(samples.seat)).toEqual(before);
	});
});
