import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ACCESS_HEADER } from '../../console/lib/server/access-jwt.ts';
import type { Requested } from '../../console/lib/operations/requests.ts';
import { seal } from '../../console/lib/server/seal.ts';
import { LOCAL_IDENTITIES } from '../../console/lib/local-identity.ts';
import { as } from '../support/identities.ts';
import { call, EVENT, freshSeat, getSeat } from '../support/nexus.ts';
import { startOtherConsole } from '../support/other-console.ts';
import type { OtherConsole } from '../support/other-console.ts';
import { addressOf, readRoutes } from '../support/routes.ts';

/**
 * A console as in production, behind Cloudflare Access: not local, so nothing but a token that the
 * team's keys have signed lets anybody in. The team's keys are the only thing that is staged.
 */

const TEAM = 'acme.cloudflareaccess.com';
const AUDIENCE = 'aud-of-this-console';
const ISSUER = `https://${TEAM}`;

let site: OtherConsole;
let team: Awaited<ReturnType<typeof generateKeyPair>>;
let stranger: Awaited<ReturnType<typeof generateKeyPair>>;
let seat: string;

beforeAll(async () => {
	team = await generateKeyPair('RS256', { extractable: true });
	stranger = await generateKeyPair('RS256');
	const jwk = { ...(await exportJWK(team.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
	site = await startOtherConsole(
		'console-production',
		{ ACCESS_TEAM_DOMAIN: TEAM, ACCESS_AUD: AUDIENCE },
		{ [TEAM]: () => ({ keys: [jwk] }) }
	);
	seat = await freshSeat();
	await call(`Ticket/${seat}/reserve`, 'zebulon');
});
afterAll(() => site.stop());

interface Claims extends JWTPayload {
	email?: string;
	groups?: string[];
}

/** What is undefined is left out, as JSON does. */
const claims = (change: Claims = {}): JWTPayload =>
	JSON.parse(
		JSON.stringify({
			iss: ISSUER,
			aud: AUDIENCE,
			exp: Math.floor(Date.now() / 1000) + 300,
			email: 'ada@acme.example',
			groups: ['nexus-admin', 'nexus-payloads'],
			...change
		})
	) as JWTPayload;

const sign = (change: Claims = {}, key: CryptoKey = team.privateKey, header = {}) =>
	new SignJWT(claims(change)).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(key);

const get = (path: string, headers: Record<string, string> = {}) =>
	fetch(site.url + path, { redirect: 'manual', headers });
const withToken = (token: string) => ({ [ACCESS_HEADER]: token });

describe('a console behind Cloudflare Access', () => {
	it('lets in whom a true token names, with the role of their group', async () => {
		const page = await get('/', withToken(await sign()));
		expect(page.status).toBe(200);
		const text = await page.text();
		expect(text).toContain('ada@acme.example');
		expect(text).toContain('production');
		expect(text).not.toContain('Act as');
	});

	it.each<[string, () => Promise<Record<string, string>>]>([
		['nothing', () => Promise.resolve({})],
		['a forged token', async () => withToken(await sign({}, stranger.privateKey))],
		['an expired token', async () => withToken(await sign({ exp: 1_600_000_000 }))],
		[
			'a token without an end',
			async () => {
				const { exp: _, ...endless } = claims();
				const token = new SignJWT(endless).setProtectedHeader({ alg: 'RS256', kid: 'k1' });
				return withToken(await token.sign(team.privateKey));
			}
		],
		[
			'a token of another application',
			async () => withToken(await sign({ aud: 'aud-of-another' }))
		],
		[
			'a token of another team',
			async () => withToken(await sign({ iss: 'https://evil.cloudflareaccess.com' }))
		],
		[
			'a token of a key that the team has not',
			async () => withToken(await sign({}, team.privateKey, { kid: 'k2' }))
		],
		[
			'a token that is not valid yet',
			async () => withToken(await sign({ nbf: Math.floor(Date.now() / 1000) + 600 }))
		],
		['a token of nobody', async () => withToken(await sign({ email: '' }))],
		['a token without a group', async () => withToken(await sign({ groups: ['staff'] }))],
		[
			'a token with the right to payloads and no role',
			async () => withToken(await sign({ groups: ['nexus-payloads'] }))
		],
		['an unsigned token', () => Promise.resolve(withToken(new UnsecuredJWT(claims()).encode()))],
		[
			'a token signed with the public key as a secret',
			async () => {
				const secret = new TextEncoder().encode(await exportSPKI(team.publicKey));
				const token = new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'k1' });
				return withToken(await token.sign(secret));
			}
		],
		[
			'an operator’s token',
			async () => {
				const { signOperatorToken } = await import('../../shared/operator-token.ts');
				return withToken(
					await signOperatorToken(inject('operatorSigningKey'), { name: 'ada', role: 'admin' })
				);
			}
		],
		[
			'a true token in a cookie alone',
			async () => ({ cookie: `CF_Authorization=${await sign()}` })
		],
		['not a token', () => Promise.resolve(withToken('a.b.c'))]
	])('lets nobody in with %s', async (_, headers) => {
		const response = await get('/', { ...(await headers()), accept: 'application/json' });
		expect(response.status).toBe(403);
		expect(await response.text()).toContain('not-authenticated');
	});

	it.each(LOCAL_IDENTITIES)('takes no notice of the switcher’s cookie “$id”', async ({ id }) => {
		expect((await get('/', as(id))).status).toBe(403);
		const viewer = withToken(await sign({ groups: ['nexus-viewer'] }));
		const text = await (await get(`/seats/${seat}/data`, { ...viewer, ...as(id) })).text();
		expect(text).not.toContain('zebulon');
	});

	it('has no switcher', async () => {
		const response = await fetch(`${site.url}/identity`, {
			method: 'POST',
			headers: { ...withToken(await sign()), origin: site.url },
			body: new URLSearchParams({ as: 'admin' })
		});
		expect(response.status).toBe(404);
		expect(response.headers.get('set-cookie')).toBeNull();
	});

	it('grants payloads by a group of their own', async () => {
		const read = async (groups: string[]) =>
			(await get(`/seats/${seat}/data`, withToken(await sign({ groups })))).text();
		expect(await read(['nexus-viewer', 'nexus-payloads'])).toContain('zebulon');
		expect(await read(['nexus-admin'])).not.toContain('zebulon');
	});

	it('shows nobody anything, at any address', async () => {
		const { checkoutId } = await getSeat(seat);
		const samples = {
			event: EVENT,
			seat,
			order: 'ord_1aaaaaaaa',
			invocation: checkoutId ?? 'inv_1aaaaaaaa',
			change: 'chg_1aaaaaaaa'
		};
		for (const route of await readRoutes()) {
			const path = addressOf(route, samples);
			for (const method of [...route.methods, 'PUT', 'DELETE']) {
				const response = await fetch(site.url + path, {
					...{ method, redirect: 'manual' as const },
					headers: { origin: site.url, accept: 'application/json' }
				});
				expect(response.status, `${method} ${path}`).toBe(403);
			}
		}
	});

	it('refuses a viewer’s change, whatever they may see', async () => {
		const { epoch } = await getSeat(seat);
		const requested: Requested = {
			action: 'forceRelease',
			request: { seat, expect: { epoch }, force: false }
		};
		const sealed = await seal(inject('operatorSigningKey'), { requested, preview: [] });
		const ask = async (groups: string[]) =>
			fetch(`${site.url}/changes/new?/ask`, {
				...{ method: 'POST', redirect: 'manual' as const },
				headers: { ...withToken(await sign({ groups })), origin: site.url, accept: 'text/html' },
				body: new URLSearchParams({
					...{ reason: 'access test', intentId: crypto.randomUUID(), seal: sealed }
				})
			});
		expect((await ask(['nexus-viewer', 'nexus-payloads'])).status).toBe(403);
		expect((await getSeat(seat)).status).toBe('RESERVED');
		expect((await ask(['nexus-operator'])).status).toBe(303);
		await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
	});
});

describe('a console whose team cannot be asked for its keys', () => {
	it('says so, and lets nobody in', async () => {
		const lost = await startOtherConsole(
			'console-keyless',
			{ ACCESS_TEAM_DOMAIN: TEAM, ACCESS_AUD: AUDIENCE },
			{ [TEAM]: () => 'no keys here' }
		);
		try {
			const headers = { ...withToken(await sign()), accept: 'application/json' };
			const response = await fetch(lost.url, { headers });
			expect(response.status).toBe(503);
			expect(await response.text()).toContain('access-unreachable');
		} finally {
			await lost.stop();
		}
	});
});
