import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { registerDeployment as register } from '../gateways/restate-deployments.ts';
import type { Registration, ServiceRevision } from '../gateways/restate-deployments.ts';
import { input } from '../schemas.ts';
import { act, ADMINS, Justification } from './action.ts';

const RegisterDeployment = z.object({
	...Justification,
	uri: z
		.url({ protocol: /^https?$/, error: 'must be an http or https address' })
		.max(500)
		.refine((uri) => !uri.includes('@'), 'must not hold credentials'),
	/** The services that the operator was shown, as they would be registered. */
	expect: z.object({
		services: z.array(z.object({ name: z.string(), revision: z.int() })).max(100)
	})
});

export interface DeploymentRegistered {
	outcome: 'done';
	deploymentId: string;
	services: ServiceRevision[];
}

/**
 * Registers the Worker at an address: new invocations of its services run there from now on, and
 * those under way end where they began. Done only if it would register what the operator saw.
 */
export const registerDeployment = restate.handlers.handler(
	input(RegisterDeployment),
	async (
		ctx: restate.Context,
		{ uri, expect, reason, ticketRef }: z.infer<typeof RegisterDeployment>
	): Promise<DeploymentRegistered> => {
		const target = { action: 'registerDeployment', target: uri, reason, ticketRef };
		return act(
			ctx,
			target,
			async () => {
				const before = await ctx.run('Preview deployment', () => register(uri, { dryRun: true }));
				assertSame(expect.services, before.services);
				const after: Registration = await ctx.run('Register deployment', () =>
					register(uri, { dryRun: false })
				);
				return {
					before: null,
					after,
					invocationIds: [],
					answer: { outcome: 'done', deploymentId: after.id, services: after.services }
				};
			},
			ADMINS
		);
	}
);

const print = (services: readonly ServiceRevision[]): string =>
	services
		.map(({ name, revision }) => `${name} ${revision}`)
		.sort()
		.join(', ');

function assertSame(seen: readonly ServiceRevision[], now: readonly ServiceRevision[]): void {
	if (print(seen) === print(now)) return;
	throw new restate.TerminalError(
		`It would register something else than you saw: you saw ${print(seen) || 'no service'}, it is ` +
			`${print(now) || 'no service'} now. Nothing was done.`,
		{ errorCode: 409 }
	);
}
