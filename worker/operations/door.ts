import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { changeIdOf, MAY_ASK } from '../../shared/change.ts';
import type { ChangeAction } from '../../shared/change.ts';
import type { Operator } from '../../shared/operator-token.ts';
import { writeAudit } from '../audit-write.ts';
import type { AuditFacts } from '../audit-write.ts';
import { changeOf } from '../clients.ts';
import { requireOperator } from '../operator.ts';
import { input } from '../schemas.ts';
import { MAX_REQUEST_BYTES, Terms } from './action.ts';
import type { Action, AnswerOf } from './action.ts';

const Envelope = z.object(Terms);

/**
 * The public handler of an action: it knows the operator and reads the request; what becomes of it
 * is the change's own business.
 *
 * @param prepare what the caller waits for before anything is decided
 */
export const door = <Request, Evidence, Own extends object>(
	action: Action<Request, Evidence, Own>,
	prepare?: (ctx: Context, request: Request) => Promise<void>
) =>
	restate.handlers.handler(
		input(z.intersection(Envelope, action.schema), MAX_REQUEST_BYTES),
		async (
			ctx: Context,
			{ reason, ticketRef, undoMs, preview, ...request }: z.infer<typeof Envelope> & Request
		): Promise<AnswerOf<Own>> => {
			const operator = await requireOperator(ctx, MAY_ASK[action.name]);
			const terms = { reason, ticketRef, undoMs, preview };
			// What is left of the whole is the action's own request.
			const own = request as unknown as Request;
			if (prepare) {
				const attempt = { action: action.name, target: action.targetOf(own), ...terms };
				await orRecorded(ctx, operator, attempt, () => prepare(ctx, own));
			}
			const answer: unknown = await askFor(ctx, action.name, own, operator, terms);
			return answer as AnswerOf<Own>;
		}
	);

/** Has a change carried out in an operator's name. */
export function askFor(
	ctx: Context,
	action: ChangeAction,
	request: unknown,
	operator: Operator,
	terms: z.infer<typeof Envelope>
) {
	const { id, headers } = ctx.request();
	const { reason, ticketRef = null, undoMs = 0, preview = [] } = terms;
	return changeOf(ctx, changeIdOf(id)).ask({
		...{ action, request, operator, reason, ticketRef, undoMs, preview },
		requestId: headers.get('x-request-id') ?? null
	});
}

/** An operator's attempt that ends before there is a change leaves its record as well. */
async function orRecorded(
	ctx: Context,
	actor: Operator,
	attempt: Pick<AuditFacts, 'action' | 'target' | 'reason' | 'ticketRef' | 'preview'>,
	body: () => Promise<void>
): Promise<void> {
	try {
		await body();
	} catch (error) {
		if (!(error instanceof restate.TerminalError)) throw error;
		const { id, headers } = ctx.request();
		const record = {
			...attempt,
			...{ id, actor, changeId: changeIdOf(id), requestId: headers.get('x-request-id') ?? null },
			...{ outcome: 'refused', before: null, after: { refused: error.message } },
			invocationIds: []
		};
		await writeAudit(ctx, [record]);
		throw error;
	}
}
