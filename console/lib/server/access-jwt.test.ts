import { SignJWT, UnsecuredJWT, createLocalJWKSet, errors, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyAccess } from './access-jwt.ts';

const config = { teamDomain: 'acme.cloudflareaccess.com', audience: 'aud-1' };
const issuer = `https://${config.teamDomain}`;

let key: CryptoKey;
let stranger: CryptoKey;
let keys: ReturnType<typeof createLocalJWKSet>;

beforeAll(async () => {
	const pair = await generateKeyPair('RS256');
	key = pair.privateKey;
	stranger = (await generateKeyPair('RS256')).privateKey;
	const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256' };
	keys = createLocalJWKSet({ keys: [jwk] });
});

interface Claims {
	iss?: string;
	aud?: string;
	exp?: string;
	[claim: string]: unknown;
}

const sign = ({ iss = issuer, aud = config.audience, exp = '5m', ...claims }: Claims, by = key) =>
	new SignJWT(claims)
		.setProtectedHeader({ alg: 'RS256', kid: 'k1' })
		.setIssuer(iss)
		.setAudience(aud)
		.setIssuedAt()
		.setExpirationTime(exp)
		.sign(by);

const ada = { email: 'ada@acme.example', groups: ['nexus-viewer', 'nexus-operator', 'staff'] };

describe('verifyAccess', () => {
	test('takes the highest role the groups grant', async () => {
		expect(await verifyAccess(await sign(ada), config, keys)).toEqual({
			ok: true,
			actor: { name: 'ada@acme.example', role: 'operator' },
			payloads: false
		});
	});

	test('reads groups from custom claims, and a service token by its common name', async () => {
		const token = await sign({ common_name: 'deploy', custom: { groups: ['nexus-admin'] } });
		expect(await verifyAccess(token, config, keys)).toEqual({
			ok: true,
			actor: { name: 'deploy', role: 'admin' },
			payloads: false
		});
	});

	test('grants payloads by a group of their own, and no role with it', async () => {
		const groups = ['nexus-viewer', 'nexus-payloads'];
		expect(await verifyAccess(await sign({ ...ada, groups }), config, keys)).toMatchObject({
			actor: { role: 'viewer' },
			payloads: true
		});
		const alone = await sign({ ...ada, groups: ['nexus-payloads'] });
		expect(await verifyAccess(alone, config, keys)).toMatchObject({ ok: false });
	});

	test('says that it cannot tell while the keys cannot be had', async () => {
		const away = () => Promise.reject(new TypeError('fetch failed'));
		await expect(verifyAccess(await sign(ada), config, away)).rejects.toThrow('fetch failed');
		const slow = () => Promise.reject(new errors.JWKSTimeout());
		await expect(verifyAccess(await sign(ada), config, slow)).rejects.toThrow();
	});

	test.each<[string, () => Promise<string | null>]>([
		['no token', () => Promise.resolve(null)],
		['not a token', () => Promise.resolve('abc')],
		['another issuer', () => sign({ ...ada, iss: 'https://evil.cloudflareaccess.com' })],
		['another application', () => sign({ ...ada, aud: 'aud-2' })],
		['an expired token', () => sign({ ...ada, exp: '-1m' })],
		['another key', () => sign(ada, stranger)],
		[
			'a token without an end',
			() =>
				new SignJWT(ada)
					.setProtectedHeader({ alg: 'RS256', kid: 'k1' })
					.setIssuer(issuer)
					.setAudience(config.audience)
					.sign(key)
		],
		[
			'a token that nobody signed',
			() =>
				Promise.resolve(
					new UnsecuredJWT(ada)
						.setIssuer(issuer)
						.setAudience(config.audience)
						.setExpirationTime('5m')
						.encode()
				)
		],
		['no groups', () => sign({ email: 'eve@acme.example' })],
		[
			'a group that grants nothing',
			() => sign({ email: 'eve@acme.example', groups: ['operator'] })
		],
		['nobody', () => sign({ groups: ['nexus-admin'] })],
		[
			'a token signed with a shared secret',
			() =>
				new SignJWT(ada)
					.setProtectedHeader({ alg: 'HS256' })
					.setIssuer(issuer)
					.setAudience(config.audience)
					.setExpirationTime('5m')
					.sign(new TextEncoder().encode('x'.repeat(32)))
		]
	])('refuses %s', async (_, token) => {
		expect(await verifyAccess(await token(), config, keys)).toMatchObject({ ok: false });
	});
});
