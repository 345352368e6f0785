import { ROLES } from '$shared/operator-token.ts';
import type { Actor } from './permissions.ts';

/**
 * Whom a developer is on their own machine: somebody who may do and see everything, or, to try what
 * others may, one of each role with and without the right to payloads. The choice is a cookie that
 * means something to a local console alone.
 */

/** Somebody that the switcher offers. */
export interface LocalIdentity {
	/** As the cookie says it; empty for the usual one. */
	id: string;
	actor: Actor;
	payloads: boolean;
}

export const IDENTITY_COOKIE = 'nexus-as';

const USUAL: LocalIdentity = { id: '', actor: { name: 'local', role: 'admin' }, payloads: true };

export const LOCAL_IDENTITIES: readonly LocalIdentity[] = [
	USUAL,
	...ROLES.flatMap((role) =>
		[true, false].map((payloads) => ({
			id: payloads ? role : `${role}-masked`,
			actor: { name: `local-${role}`, role },
			payloads
		}))
	)
];

/** Who a cookie says; anything unknown is the usual one. */
export const readLocalIdentity = (id: string | undefined): LocalIdentity =>
	LOCAL_IDENTITIES.find((identity) => identity.id === id) ?? USUAL;
