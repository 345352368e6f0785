import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import type { SeatView } from '../shared/seat-history.ts';
import { writeAudit } from './audit.ts';
import { cancelInvocation, readInvocation } from './invocations.ts';
import type { Invocation } from './invocations.ts';
import { requireOperator } from './operator.ts';
import { Identifier, input } from './schemas.ts';
import type { Ticket } from './ticket.ts';

/**
 * The one door for operator changes. Each call carries the operator's signed token, a reason, and
 * what the operator saw; if that no longer holds nothing is done and the answer tells the
 * difference. Every attempt, done or refused, leaves one audit record.
 */

const Justification = {
	reason: z.string().trim().min(5, 'say why, in at least 5 characters').max(500),
	ticketRef: z.string().trim().max(100).optional()
};
const ForceRelease = z.object({
	...Justification,
	seat: Identifier,
	expect: z.object({ epoch: z.int() })
});
const CancelCheckout = z.object({
	...Justification,
	invocationId: Identifier,
	expect: z.object({ status: z.string() })
});

const OPERATORS = ['operator', 'approver', 'admin'] as const;

export const operations = restate.service({
	name: 'Operations',
	handlers: {
		/** Frees a held seat. Its timer and its checkout find their hold gone and change nothing. */
		forceRelease: restate.handlers.handler(
			input(ForceRelease),
			async (
				ctx: restate.Context,
				{ seat, expect, reason, ticketRef }: z.infer<typeof ForceRelease>
			): Promise<{ outcome: 'done'; before: SeatView; after: SeatView }> => {
				const operator = await requireOperator(ctx, OPERATORS);
				const ticket = ctx.objectClient<Ticket>({ name: 'Ticket' }, seat);
				const before = await ticket.get();
				const record = { action: 'forceRelease', target: seat, reason, ticketRef, before };
				try {
					const after = await ticket.forceRelease({ expect, reason, actor: operator.name });
					const invocationIds = before.checkoutId ? [before.checkoutId] : [];
					await writeAudit(ctx, operator, { ...record, after, outcome: 'done', invocationIds });
					ctx.console.info('Seat force-released', { seat, operator: operator.name });
					return { outcome: 'done', before, after };
				} catch (error) {
					return await refused(ctx, operator, record, error);
				}
			}
		),

		/** Cancels a checkout that is under way; its compensations free the seats and the money. */
		cancelCheckout: restate.handlers.handler(
			input(CancelCheckout),
			async (
				ctx: restate.Context,
				{ invocationId, expect, reason, ticketRef }: z.infer<typeof CancelCheckout>
			): Promise<{ outcome: 'done'; invocationId: string }> => {
				const operator = await requireOperator(ctx, OPERATORS);
				const before = await ctx.run('Read invocation', () => readInvocation(invocationId));
				const record = {
					action: 'cancelCheckout',
					target: invocationId,
					reason,
					ticketRef,
					before
				};
				try {
					assertCancellable(invocationId, before, expect.status);
					const after = await ctx.run('Cancel invocation', () => cancelInvocation(invocationId));
					await writeAudit(ctx, operator, {
						...record,
						after,
						outcome: 'done',
						invocationIds: [invocationId]
					});
					ctx.console.info('Checkout cancelled', { invocationId, operator: operator.name });
					return { outcome: 'done', invocationId };
				} catch (error) {
					return await refused(ctx, operator, record, error);
				}
			}
		)
	}
});

export type Operations = typeof operations;

/** Records a refusal and passes it on; anything that is not one is left to be retried. */
async function refused(
	ctx: restate.Context,
	operator: Parameters<typeof writeAudit>[1],
	record: Pick<
		Parameters<typeof writeAudit>[2],
		'action' | 'target' | 'reason' | 'ticketRef' | 'before'
	>,
	error: unknown
): Promise<never> {
	if (!(error instanceof restate.TerminalError)) throw error;
	await writeAudit(ctx, operator, {
		...record,
		after: { refused: error.message },
		outcome: 'refused',
		invocationIds: []
	});
	throw error;
}

function assertCancellable(
	id: string,
	invocation: Invocation | null,
	expected: string
): asserts invocation is Invocation {
	if (!invocation) throw new restate.TerminalError(`No invocation "${id}"`, { errorCode: 404 });
	if (invocation.service !== 'Checkout')
		throw new restate.TerminalError(
			`"${id}" is a ${invocation.service} invocation: only a checkout can be cancelled here`,
			{ errorCode: 400 }
		);
	if (invocation.status === 'completed' || invocation.cancelRequested)
		throw new restate.TerminalError(
			`Checkout changed since you looked: you saw it ${expected}, ` +
				(invocation.cancelRequested
					? 'it is being cancelled already'
					: `it has ${invocation.result === 'success' ? 'succeeded' : 'failed'}`) +
				'. Nothing was done.',
			{ errorCode: 409 }
		);
}
