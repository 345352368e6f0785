import { base58 } from '@scure/base';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { identityCheck } from './identity.ts';
import type { IdentityCheck } from './identity.ts';

const PATH = '/invoke/Ticket/reserve';

let key: { id: string; signWith: CryptoKey };
let other: { id: string; signWith: CryptoKey };
let check: IdentityCheck;

async function makeKey(): Promise<typeof key> {
	const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
	const { x = '' } = await exportJWK(publicKey);
	return { id: `publickeyv1_${base58.encode(Buffer.from(x, 'base64url'))}`, signWith: privateKey };
}

beforeAll(async () => {
	[key, other] = [await makeKey(), await makeKey()];
	check = identityCheck([key.id]);
});

interface Terms {
	signWith?: CryptoKey;
	kid?: string;
	audience?: string;
	expiresIn?: number;
}

async function signed(url: string, terms: Terms = {}, scheme = 'v1'): Promise<Request> {
	const now = Math.floor(Date.now() / 1_000);
	const jwt = await new SignJWT({})
		.setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: terms.kid ?? key.id })
		.setAudience(terms.audience ?? PATH)
		.setNotBefore(now - 60)
		.setExpirationTime(now + (terms.expiresIn ?? 60))
		.sign(terms.signWith ?? key.signWith);
	return new Request(url, {
		headers: { 'x-restate-signature-scheme': scheme, 'x-restate-jwt-v1': jwt }
	});
}

const URL_OF_CALL = `http://worker${PATH}`;

describe('identityCheck', () => {
	it('accepts what Restate signed for this path, wherever the Worker is mounted', async () => {
		expect(await check(await signed(URL_OF_CALL))).toBe(true);
		expect(await check(await signed(`http://worker/mounted/here${PATH}`))).toBe(true);
		const discover = await signed('http://worker/discover', { audience: '/discover' });
		expect(await check(discover)).toBe(true);
	});

	it('refuses everything else', async () => {
		const refused = [
			new Request(URL_OF_CALL),
			await signed(URL_OF_CALL, {}, 'unsigned'),
			await signed(URL_OF_CALL, { signWith: other.signWith }),
			await signed(URL_OF_CALL, { signWith: other.signWith, kid: other.id }),
			await signed(URL_OF_CALL, { audience: '/invoke/Ticket/get' }),
			await signed(URL_OF_CALL, { expiresIn: -1 }),
			new Request(URL_OF_CALL, {
				headers: {
					'x-restate-signature-scheme': 'v1',
					'x-restate-jwt-v1': 'eyJhbGciOiJub25lIn0.e30.'
				}
			})
		];
		for (const request of refused) expect(await check(request)).toBe(false);
	});

	it('lets a token it has seen open no other path', async () => {
		const request = await signed(URL_OF_CALL);
		expect(await check(request)).toBe(true);
		expect(await check(new Request(request))).toBe(true);
		const elsewhere = new Request('http://worker/invoke/Ticket/get', { headers: request.headers });
		expect(await check(elsewhere)).toBe(false);
	});

	it('refuses every call when there is no key, and a key that is none', async () => {
		expect(await identityCheck([])(await signed(URL_OF_CALL))).toBe(false);
		expect(() => identityCheck(['ed25519:abc'])).toThrow(/not a Restate identity key/);
	});
});
