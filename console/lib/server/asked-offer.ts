import type { Ask } from '../operations/ask.ts';
import type { Offer } from '../operations/offer.ts';
import type { Actor } from '../permissions.ts';
import { makeOffer } from './offers.ts';
import { envOf } from './platform-env.ts';
import { ports } from './ports.ts';

/** A change that is thought of, looked at through this Worker's bindings. @throws UpstreamError */
export function askedOffer(
	platform: Parameters<typeof ports>[0],
	actor: Actor,
	ask: Ask
): Promise<Offer> {
	const { DB: db, OPERATOR_SIGNING_KEY: secret } = envOf(platform);
	return makeOffer({ ...ports(platform), db, secret }, actor, ask);
}
