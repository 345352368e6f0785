import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import type { Operator, Role } from '../../shared/operator-token.ts';
import { writeAudit } from '../audit.ts';
import type { AuditEntry } from '../audit.ts';
import { requireOperator } from '../operator.ts';

/** What every action must be given: why, and the case it belongs to where there is one. */
export const Justification = {
	reason: z.string('say why').trim().min(5, 'say why, in at least 5 characters').max(500),
	ticketRef: z.string().trim().max(100).optional()
};

/** Who may change things. */
export const OPERATORS: readonly Role[] = ['operator', 'approver', 'admin'];

/** Who may change the code that every sale runs on. */
export const ADMINS: readonly Role[] = ['admin'];

export type Target = Pick<AuditEntry, 'action' | 'target' | 'reason' | 'ticketRef'>;

/** What an action did, for its audit record and its answer. */
export interface Effect<Answer> {
	before: unknown;
	after: unknown;
	invocationIds: string[];
	answer: Answer;
}

/**
 * Runs an operator's action: authorises, acts, and leaves one audit record of what was done or why
 * it was refused. Only a terminal error is a refusal; anything else is left to be retried.
 */
export async function act<Answer>(
	ctx: Context,
	target: Target,
	action: (operator: Operator) => Promise<Effect<Answer>>,
	allowed = OPERATORS
): Promise<Answer> {
	const operator = await requireOperator(ctx, allowed);
	try {
		const { answer, ...effect } = await action(operator);
		await writeAudit(ctx, operator, { ...target, ...effect, outcome: 'done' });
		ctx.console.info(`Operator action: ${target.action}`, {
			target: target.target,
			operator: operator.name
		});
		return answer;
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		await writeAudit(ctx, operator, {
			...target,
			before: null,
			after: { refused: error.message },
			outcome: 'refused',
			invocationIds: []
		});
		throw error;
	}
}
