import { error } from '@sveltejs/kit';
import type { Handle, RequestEvent } from '@sveltejs/kit';
import { IDENTITY_COOKIE, readLocalIdentity } from '../local-identity.ts';
import type { Actor } from '../permissions.ts';
import { ACCESS_HEADER, verifyAccess } from './access-jwt.ts';
import type { ConsoleEnv } from './env.ts';
import { isLoopback } from './loopback.ts';

type Identity = { ok: true; actor: Actor; payloads: boolean } | { ok: false; reason: string };

/**
 * Who sends this request. A local identity needs both a configuration that says local and a
 * request over loopback; in every other case Cloudflare Access must vouch for the caller, and
 * without its configuration nobody gets in.
 *
 * @throws when Cloudflare Access cannot be asked for its keys
 */
export async function identify(
	env: Pick<ConsoleEnv, 'NEXUS_MODE' | 'ACCESS_TEAM_DOMAIN' | 'ACCESS_AUD'> | undefined,
	request: {
		hostname: string;
		peerAddress: string | undefined;
		accessToken: string | null;
		/** Which local identity the browser plays. */
		localIdentity?: string | undefined;
	}
): Promise<Identity> {
	if (env?.NEXUS_MODE === 'local' && isLoopback(request.hostname, request.peerAddress)) {
		const { actor, payloads } = readLocalIdentity(request.localIdentity);
		return { ok: true, actor, payloads };
	}
	if (!env?.ACCESS_TEAM_DOMAIN || !env.ACCESS_AUD)
		return {
			ok: false,
			reason:
				'This console does not know who may use it: set ACCESS_TEAM_DOMAIN and ACCESS_AUD ' +
				'to those of its Cloudflare Access application'
		};
	const config = { teamDomain: env.ACCESS_TEAM_DOMAIN, audience: env.ACCESS_AUD };
	return verifyAccess(request.accessToken, config);
}

/** Puts on the request who sends it and what they may see, or ends it. */
export const identity: Handle = async ({ event, resolve }) => {
	const result = await identityOf(event);
	if (!result.ok) error(403, { message: result.reason, code: 'not-authenticated' });
	event.locals.actor = result.actor;
	if (event.platform) event.platform = { ...event.platform, reader: { payloads: result.payloads } };
	return resolve(event);
};

async function identityOf(event: RequestEvent): Promise<Identity> {
	try {
		return await identify(event.platform?.env, {
			hostname: event.url.hostname,
			peerAddress: peerAddress(event),
			accessToken: event.request.headers.get(ACCESS_HEADER),
			localIdentity: event.cookies.get(IDENTITY_COOKIE)
		});
	} catch (cause) {
		console.error(JSON.stringify({ level: 'error', message: 'Access keys', error: String(cause) }));
		error(503, {
			message: 'Cloudflare Access cannot be asked for its keys now, so nobody can be let in',
			code: 'access-unreachable',
			retryable: true
		});
	}
}

/** Cloudflare's edge and workerd's front set this header themselves; a client's own is replaced. */
const peerAddress = (event: RequestEvent): string | undefined =>
	event.request.headers.get('cf-connecting-ip') ?? undefined;
