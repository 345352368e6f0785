import { error, redirect } from '@sveltejs/kit';
import { invocationIdOf, isOrderId, SETTLED_STATUSES } from '$shared/order.ts';
import { field } from '$lib/operations/justification.ts';
import { can } from '$lib/permissions.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readInvocationDetail } from '$lib/server/invocation-detail.ts';
import { operate } from '$lib/server/operation.ts';
import { readOrderCase } from '$lib/server/order-case.ts';
import { ports } from '$lib/server/ports.ts';
import { UpstreamError } from '$lib/server/upstream-error.ts';
import { urls } from '$lib/urls.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params: { id }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		if (!isOrderId(id))
			error(400, {
				message: `"${id}" is not an order ID: one is ord_ and letters and digits`,
				code: 'bad-request'
			});
		const sources = ports(platform);
		const reading = await readOrderCase(sources, locals.actor, id);
		if (!reading) {
			// A checkout that found its seats taken never became an order; it says so itself.
			const checkout = invocationIdOf(id);
			if (await readInvocationDetail(sources, checkout)) redirect(303, urls.invocation(checkout));
			error(404, {
				message:
					`There is no order "${id}". An order is on record from the moment its buyer begins ` +
					'to pay; search for the buyer, the seat or the payment instead.',
				code: 'not-found'
			});
		}
		return {
			reading,
			may: {
				refund: can(locals.actor, 'refundOrder'),
				resend: can(locals.actor, 'resendEmail'),
				cancel: can(locals.actor, 'cancelCheckout')
			},
			intentIds: {
				refund: crypto.randomUUID(),
				resend: crypto.randomUUID(),
				cancel: crypto.randomUUID()
			}
		};
	});

export const actions: Actions = {
	refund: (event) =>
		operate(event, 'refundOrder', async (nexus, caller, justification, form) => {
			if (seenStatus(form) !== 'CONFIRMED') throw notSeen('only a confirmed order can be refunded');
			const { id: orderId } = event.params;
			const expect = { status: 'CONFIRMED' } as const;
			await nexus.refundOrder(caller, { ...justification, orderId, expect });
			return 'Refunded: the money goes back, the seats are free, the buyer is told';
		}),
	resend: (event) =>
		operate(event, 'resendEmail', async (nexus, caller, justification, form) => {
			const status = seenStatus(form);
			if (!status) throw notSeen('an order under way has no mail yet');
			const { id: orderId } = event.params;
			const { to } = await nexus.resendEmail(caller, {
				...justification,
				orderId,
				expect: { status }
			});
			return `The mail goes to ${to} once more`;
		}),
	cancel: (event) =>
		operate(event, 'cancelCheckout', async (nexus, caller, justification, form) => {
			const invocationId = invocationIdOf(event.params.id);
			const expect = { status: field(form, 'status') };
			await nexus.cancelCheckout(caller, { ...justification, invocationId, expect });
			return 'Cancel requested: its compensations run now';
		})
};

const seenStatus = (form: FormData) =>
	SETTLED_STATUSES.find((status) => status === field(form, 'status'));

const notSeen = (why: string) =>
	new UpstreamError('bad-request', `The form does not say a status it could act on: ${why}`, {
		status: 400
	});
