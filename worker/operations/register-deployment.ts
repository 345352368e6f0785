import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { registerDeployment as register } from '../gateways/restate-deployments.ts';
import type { Registration, ServiceRevision } from '../gateways/restate-deployments.ts';
import { conflict } from './action.ts';
import type { Action } from './action.ts';

const RegisterDeployment = z.object({
	uri: z
		.url({ protocol: /^https?$/, error: 'must be an http or https address' })
		.max(500)
		.refine((uri) => !uri.includes('@'), 'must not hold credentials'),
	/** The services that the operator was shown, as they would be registered. */
	expect: z.object({
		services: z.array(z.object({ name: z.string(), revision: z.int() })).max(100)
	})
});

type Request = z.infer<typeof RegisterDeployment>;
type Evidence = Pick<Registration, 'services'>;

export interface DeploymentRegistered {
	deploymentId: string;
	services: ServiceRevision[];
}

/**
 * Registers the Worker at an address: new invocations of its services run there from now on, and
 * those under way end where they began. Done only if it would register what the operator saw.
 */
export const registerDeployment: Action<Request, Evidence, DeploymentRegistered> = {
	name: 'registerDeployment',
	schema: RegisterDeployment,
	targetOf: ({ uri }) => uri,
	look: async (ctx, { uri }) => {
		const { services } = await ctx.run('Preview deployment', () => register(uri, { dryRun: true }));
		return { services };
	},
	refusalOf: ({ expect }, { services: now }) => {
		const [seen, offered] = [print(expect.services), print(now)];
		return seen === offered
			? null
			: conflict(
					`It would register something else than you saw: you saw ${seen || 'no service'}, it is ` +
						`${offered || 'no service'} now`
				);
	},
	approvalFor: () => approvalFor({ action: 'registerDeployment' }),
	isFinal: () => true,
	carryOut: async (ctx, { uri }) => {
		const after = await ctx.run('Register deployment', () => register(uri, { dryRun: false }));
		return {
			before: null,
			after,
			message: `New invocations run on ${after.id} from now on`,
			invocationIds: [],
			own: { deploymentId: after.id, services: after.services }
		};
	}
};

const print = (services: readonly ServiceRevision[]): string =>
	services
		.map(({ name, revision }) => `${name} ${revision}`)
		.sort()
		.join(', ');
