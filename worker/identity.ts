import { base58, base64urlnopad } from '@scure/base';
import { errors, importJWK, jwtVerify } from 'jose';
import type { CryptoKey } from 'jose';

/**
 * Whether a call comes from our Restate server. Restate signs each one (scheme v1): an EdDSA JWT
 * in `x-restate-jwt-v1` whose audience is the path called and whose `kid` names the key, as
 * `publickeyv1_<base58 of the 32 bytes>`.
 *
 * The SDK can do this too, but in WebAssembly, where it took three quarters of the Worker's time in
 * a sale. The runtime's own Ed25519 makes it next to nothing.
 */
export type IdentityCheck = (request: Request) => Promise<boolean>;

const PREFIX = 'publickeyv1_';

/** Builds the check for a list of identity keys. @throws when one is not a Restate identity key */
export function identityCheck(identityKeys: readonly string[]): IdentityCheck {
	const keys = new Map(identityKeys.map((key) => [key, readKey(key)]));
	return async (request) => {
		const token = request.headers.get('x-restate-jwt-v1');
		if (request.headers.get('x-restate-signature-scheme') !== 'v1' || token === null) return false;
		try {
			await jwtVerify(token, ({ kid }) => keyNamed(keys, kid), {
				algorithms: ['EdDSA'],
				audience: audienceOf(request)
			});
			return true;
		} catch (error) {
			if (error instanceof errors.JOSEError) return false;
			throw error;
		}
	};
}

function readKey(key: string): Promise<CryptoKey> {
	if (!key.startsWith(PREFIX)) throw new Error(`"${key}" is not a Restate identity key`);
	const x = base64urlnopad.encode(base58.decode(key.slice(PREFIX.length)));
	return importJWK<CryptoKey>({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA');
}

function keyNamed(
	keys: ReadonlyMap<string, Promise<CryptoKey>>,
	kid: string | undefined
): Promise<CryptoKey> {
	const key = keys.get(kid ?? '');
	if (!key) throw new errors.JWKSNoMatchingKey();
	return key;
}

/** What Restate signs: the path from `/invoke/…` on, wherever the Worker is mounted. */
function audienceOf({ url }: Request): string {
	const { pathname } = new URL(url);
	const invoke = pathname.lastIndexOf('/invoke/');
	return pathname.slice(invoke === -1 ? pathname.lastIndexOf('/') : invoke);
}
