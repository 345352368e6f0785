import { createAudit } from './audit.ts';
import type { Audit } from './audit.ts';
import type { ConsoleEnv } from './env.ts';
import type { Sources } from './invocation-selection.ts';
import { createLogs } from './logs.ts';
import type { Logs } from './logs.ts';
import { createNexus } from './nexus.ts';
import type { Nexus } from './nexus.ts';
import { createOccupancy } from './occupancy-port.ts';
import type { OccupancyPort } from './occupancy-port.ts';
import { createOrders } from './orders.ts';
import type { Orders } from './orders.ts';
import { envOf } from './platform-env.ts';
import { createAdmin } from './restate-admin.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';
import { veilOf } from './veil.ts';
import type { Veil } from './veil.ts';

/** What the console reads from and acts through. */
export interface Ports {
	admin: Admin;
	nexus: Nexus;
	occupancy: OccupancyPort;
	logs: Logs;
	orders: Orders;
	audit: Audit;
}

const REQUIRED = [
	'DB',
	'RESTATE_INGRESS_URL',
	'RESTATE_ADMIN_URL',
	'OPERATOR_SIGNING_KEY'
] as const;

/**
 * Builds the ports from the Worker's bindings: what they answer is as the request's reader may see
 * it. What several readers share is read through `sharedPorts` instead.
 *
 * @throws UpstreamError naming what is not set
 */
export const ports = (platform: App.Platform | undefined): Ports =>
	build(platform, veilOf(platform));

/**
 * Ports for a reading that is kept for several readers. It holds everything, so each of them must
 * get it through `veilOf(platform).over`.
 *
 * @throws UpstreamError naming what is not set
 */
export const sharedPorts = (platform: App.Platform | undefined): Ports =>
	build(platform, veilOf(platform && { ...platform, reader: { payloads: true } }));

function build(platform: { env: ConsoleEnv } | undefined, { drawn, port, meet }: Veil): Ports {
	const env = platform?.env;
	const missing = REQUIRED.filter((name) => !env?.[name]);
	if (!env || missing.length > 0)
		throw new UpstreamError('not-configured', `The console lacks ${missing.join(', ')}`, {
			status: 503
		});
	const { RESTATE_TOKEN: token } = env;
	return {
		admin: port(createAdmin({ url: env.RESTATE_ADMIN_URL, token })),
		nexus: port(
			createNexus({
				url: env.RESTATE_INGRESS_URL,
				token,
				signingKey: env.OPERATOR_SIGNING_KEY
			})
		),
		// It names nobody, and its pictures are large.
		occupancy: createOccupancy({ url: env.RESTATE_INGRESS_URL, token }),
		logs: port(createLogs(env.DB, { wholeText: !drawn })),
		orders: port(createOrders(env.DB, { wholeNames: drawn })),
		audit: port(createAudit(env.DB, drawn ? { meet } : {}))
	};
}

/** What the invocation list reads: Restate, and D1 for whose an invocation is. */
export const sources = (platform: App.Platform | undefined): Sources => ({
	admin: ports(platform).admin,
	db: envOf(platform).DB,
	wholeNames: veilOf(platform).drawn
});
