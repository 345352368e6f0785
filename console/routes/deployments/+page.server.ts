import { fail } from '@sveltejs/kit';
import { parseRevisions } from '$lib/deployment.ts';
import { field } from '$lib/operations/justification.ts';
import { can } from '$lib/permissions.ts';
import { authorise } from '$lib/server/authorise.ts';
import { previewRegistration, readDeployments } from '$lib/server/deployments.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { operate } from '$lib/server/operation.ts';
import { ports } from '$lib/server/ports.ts';
import { UpstreamError } from '$lib/server/upstream-error.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform }) =>
	orErrorPage(locals.requestId, async () => ({
		reading: await readDeployments(ports(platform).admin),
		mayRegister: can(locals.actor, 'registerDeployment'),
		mayRemove: can(locals.actor, 'removeDeployment'),
		intentId: crypto.randomUUID()
	}));

export const actions: Actions = {
	/** Shows what an address has before anything is registered. It makes Restate call that address. */
	preview: async ({ locals, platform, request }) => {
		authorise(locals.actor, 'registerDeployment');
		const address = field(await request.formData(), 'uri');
		try {
			return { preview: await previewRegistration(ports(platform).admin, address) };
		} catch (error) {
			if (!(error instanceof UpstreamError)) throw error;
			return fail(error.status, { address, refusal: error.message });
		}
	},

	register: (event) =>
		operate(event, 'registerDeployment', async (nexus, caller, justification, form) => {
			const services = parseRevisions(field(form, 'services'));
			if (!services)
				throw new UpstreamError('bad-request', 'The form does not say what it would register', {
					status: 400
				});
			const { deploymentId } = await nexus.registerDeployment(caller, {
				...justification,
				uri: field(form, 'uri'),
				expect: { services }
			});
			return `Registered as ${deploymentId}: new invocations run on it`;
		}),

	remove: (event) =>
		operate(event, 'removeDeployment', async (nexus, caller, justification, form) => {
			const request = {
				...justification,
				deploymentId: field(form, 'deploymentId'),
				expect: { uri: field(form, 'uri') }
			};
			if (field(form, 'drain') === 'on') {
				const { invocationId } = await nexus.drainDeployment(caller, request);
				return `It goes when nothing runs on it any more: ${invocationId} waits for that`;
			}
			const { deploymentId } = await nexus.removeDeployment(caller, request);
			return `${deploymentId} is removed`;
		})
};
