import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { ROLES } from '../../shared/operator-token.ts';
import { writeAudit } from '../audit-write.ts';
import { requireOperator } from '../operator.ts';
import { Identifier, input } from '../schemas.ts';

const Export = z.object({
	subject: z.object({ kind: z.enum(['order', 'seat', 'invocation']), id: Identifier }),
	/** SHA-256 of the whole bundle, as its manifest has it. */
	whole: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hex'),
	/** ISO 8601, UTC; as in the bundle. */
	exportedAt: z.iso.datetime('is not a time in ISO 8601, UTC'),
	/** Whether personal data is masked in it. */
	masked: z.boolean()
});

/**
 * Records that somebody takes an evidence bundle away, before they get it. It changes nothing, so
 * whoever may look may do it, and nobody is asked for a reason.
 */
export const exportEvidence = restate.handlers.handler(
	input(Export),
	async (ctx: Context, { subject, ...bundle }: z.infer<typeof Export>): Promise<void> => {
		const actor = await requireOperator(ctx, ROLES);
		const { id, headers } = ctx.request();
		await writeAudit(ctx, [
			{
				...{ id, actor, action: 'exportEvidence', target: subject.id },
				reason: `All that is known of the ${subject.kind}, as one file`,
				...{ outcome: 'done', before: null, after: bundle, invocationIds: [] },
				requestId: headers.get('x-request-id') ?? null
			}
		]);
	}
);
