import { base58 } from '@scure/base';
import { errors, jwtVerify } from 'jose';

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
	const verified = verifiedTokens();
	return async (request) => {
		const token = request.headers.get('x-restate-jwt-v1');
		if (request.headers.get('x-restate-signature-scheme') !== 'v1' || token === null) return false;
		const audience = audienceOf(request);
		if (verified.has(token, audience)) return true;
		try {
			const { payload } = await jwtVerify(token, ({ kid }) => keyNamed(keys, kid), {
				algorithms: ['EdDSA'],
				audience,
				requiredClaims: ['exp']
			});
			verified.add(token, audience, payload.exp ?? 0);
			return true;
		} catch (error) {
			if (error instanceof errors.JOSEError) return false;
			throw error;
		}
	};
}

/** Bounds the memory of tokens; in a sale it is filled and emptied every few seconds. */
const REMEMBERED_TOKENS = 1_000;

/**
 * Tokens that were verified already. Restate signs anew each second, and for each object: the calls
 * of a checkout and those that queue for one hot seat mostly bring a token that an earlier one
 * brought, and checking it again would prove nothing more.
 */
function verifiedTokens() {
	const known = new Map<string, { audience: string; exp: number }>();
	return {
		has: (token: string, audience: string): boolean => {
			const entry = known.get(token);
			return entry?.audience === audience && Date.now() < entry.exp * 1_000;
		},
		add: (token: string, audience: string, exp: number): void => {
			if (known.size >= REMEMBERED_TOKENS) known.clear();
			known.set(token, { audience, exp });
		}
	};
}

function readKey(key: string): Promise<CryptoKey> {
	if (!key.startsWith(PREFIX)) throw new Error(`"${key}" is not a Restate identity key`);
	const raw = base58.decode(key.slice(PREFIX.length));
	return crypto.subtle.importKey('raw', new Uint8Array(raw), 'Ed25519', false, ['verify']);
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
