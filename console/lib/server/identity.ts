import { error } from '@sveltejs/kit';
import type { Handle, RequestEvent } from '@sveltejs/kit';
import type { Actor } from '../permissions.ts';
import { ACCESS_HEADER, verifyAccess } from './access-jwt.ts';
import type { ConsoleEnv } from './env.ts';
import { isLoopback } from './loopback.ts';

const LOCAL: Actor = { name: 'local', role: 'admin' };

type Identity = { ok: true; actor: Actor } | { ok: false; reason: string };

/**
 * Who sends this request. The local identity needs both a configuration that says local and a
 * request over loopback; in every other case Cloudflare Access must vouch for the caller, and
 * without its configuration nobody gets in.
 */
export async function identify(
	env: Pick<ConsoleEnv, 'NEXUS_MODE' | 'ACCESS_TEAM_DOMAIN' | 'ACCESS_AUD'> | undefined,
	request: { hostname: string; peerAddress: string | undefined; accessToken: string | null }
): Promise<Identity> {
	if (env?.NEXUS_MODE === 'local' && isLoopback(request.hostname, request.peerAddress))
		return { ok: true, actor: LOCAL };
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

/** Puts the actor on the request, or ends it. */
export const identity: Handle = async ({ event, resolve }) => {
	const { headers } = event.request;
	const result = await identify(event.platform?.env, {
		hostname: event.url.hostname,
		peerAddress: peerAddress(event),
		accessToken: headers.get(ACCESS_HEADER)
	});
	if (!result.ok) error(403, { message: result.reason, code: 'not-authenticated' });
	event.locals.actor = result.actor;
	return resolve(event);
};

/** Cloudflare's edge and workerd's front set this header themselves; a client's own is replaced. */
const peerAddress = (event: RequestEvent): string | undefined =>
	event.request.headers.get('cf-connecting-ip') ?? undefined;
