import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { OPERATOR_HEADER, verifyOperatorToken } from '../shared/operator-token.ts';
import type { Operator, Role } from '../shared/operator-token.ts';

/**
 * The operator behind a call, from its signed token. Verified once and journaled, so that a retry
 * after the token's short life goes on with the same answer.
 *
 * @throws TerminalError 401 without a valid token, 403 when the role may not do this
 */
export async function requireOperator(ctx: Context, allowed: readonly Role[]): Promise<Operator> {
	const token = ctx.request().headers.get(OPERATOR_HEADER);
	const operator = await ctx.run(
		'Verify operator',
		async () => (await verifyOperatorToken(env.OPERATOR_PUBLIC_KEY, token)) ?? null
	);
	if (!operator)
		throw new TerminalError(`A valid operator token is required in ${OPERATOR_HEADER}`, {
			errorCode: 401
		});
	if (!allowed.includes(operator.role))
		throw new TerminalError(
			`Role "${operator.role}" may not do this; it takes ${allowed.join(' or ')}`,
			{ errorCode: 403 }
		);
	return operator;
}
