import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { ROLES } from '$shared/operator-token.ts';
import type { Actor } from '../permissions.ts';

export interface AccessConfig {
	/** `<team>.cloudflareaccess.com`. */
	teamDomain: string;
	audience: string;
}

/** Access adds this header to every request that it lets through. */
export const ACCESS_HEADER = 'cf-access-jwt-assertion';

/** Groups that grant a role are named `nexus-<role>`. */
const GROUP_PREFIX = 'nexus-';

/** Grants what no role does: to see personal data and the payloads of journals. */
export const PAYLOAD_GROUP = `${GROUP_PREFIX}payloads`;

export type AccessVerdict =
	{ ok: true; actor: Actor; payloads: boolean } | { ok: false; reason: string };

/**
 * Verifies the token that Cloudflare Access puts on a request. The header alone proves nothing:
 * anyone who reaches the Worker by another name could send it.
 *
 * @throws when the team's keys cannot be fetched
 */
export async function verifyAccess(
	token: string | null,
	config: AccessConfig,
	keys: JWTVerifyGetKey = keysOf(config.teamDomain)
): Promise<AccessVerdict> {
	if (!token) return { ok: false, reason: 'The request did not come through Cloudflare Access' };
	try {
		const { payload } = await jwtVerify(token, keys, {
			issuer: `https://${config.teamDomain}`,
			audience: config.audience,
			algorithms: ['RS256'],
			// Without this a token that names no end would never end.
			requiredClaims: ['exp']
		});
		return actorOf(payload);
	} catch (error) {
		if (!(error instanceof errors.JOSEError) || isOfKeys(error)) throw error;
		return { ok: false, reason: `The Access token is not valid (${error.code})` };
	}
}

/** The keys did not come, or are none: that says nothing of the token. */
const isOfKeys = (error: errors.JOSEError): boolean =>
	error instanceof errors.JWKSTimeout ||
	error instanceof errors.JWKSInvalid ||
	error.code === errors.JOSEError.code;

function actorOf(payload: JWTPayload): AccessVerdict {
	const name = payload['email'] ?? payload['common_name'];
	if (typeof name !== 'string' || name === '')
		return { ok: false, reason: 'The Access token names nobody' };
	const groups = groupsOf(payload);
	const role = ROLES.findLast((known) => groups.has(`${GROUP_PREFIX}${known}`));
	if (!role)
		return {
			ok: false,
			reason:
				`${name} is in none of the groups that grant a role ` +
				`(${ROLES.map((known) => GROUP_PREFIX + known).join(', ')})`
		};
	return { ok: true, actor: { name, role }, payloads: groups.has(PAYLOAD_GROUP) };
}

/** Access passes an identity provider's groups as a claim of its own or under `custom`. */
function groupsOf(payload: JWTPayload): Set<unknown> {
	const custom = payload['custom'];
	const nested = typeof custom === 'object' && custom !== null && 'groups' in custom;
	const lists = [payload['groups'], nested ? custom.groups : undefined];
	return new Set(lists.filter((list) => Array.isArray(list)).flat());
}

const keySets = new Map<string, JWTVerifyGetKey>();

/** One key set a team for the isolate's life: it caches the keys and limits how often it asks. */
function keysOf(teamDomain: string): JWTVerifyGetKey {
	const known = keySets.get(teamDomain);
	if (known) return known;
	const url = new URL(`https://${teamDomain}/cdn-cgi/access/certs`);
	const keys = createRemoteJWKSet(url);
	keySets.set(teamDomain, keys);
	return keys;
}
