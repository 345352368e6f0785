import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { BULK_LIMIT, changeIdOf, MAY_ASK } from '../../shared/change.ts';
import type { ChangeAction } from '../../shared/change.ts';
import { CHUNK } from '../bulk/job.ts';
import { bulkOf } from '../clients.ts';
import { requireOperator } from '../operator.ts';
import { readOrder } from '../orders.ts';
import type { AnswerOf } from './action.ts';
import { ACTIONS } from './actions.ts';
import type { BulkBegun, BulkRequest as Asked } from './bulk.ts';
import type { BulkRequest } from './bulk-request.ts';
import { readItems } from './bulk-request.ts';
import { askFor } from './door.ts';

/** Items that go to the job in one message. */
const PART = 50 * CHUNK;

/**
 * Hands the items to their job, and then asks for the change: what is asked, kept and approved names
 * them by a digest alone.
 *
 * @throws TerminalError 400 that tells what is wrong with which item
 */
export async function beginBulk(
	ctx: Context,
	request: z.infer<typeof BulkRequest>
): Promise<AnswerOf<BulkBegun>> {
	const { change, items: given, ...terms } = request;
	const operator = await requireOperator(
		ctx,
		MAY_ASK.bulk.filter((role) => MAY_ASK[change].includes(role))
	);
	const { items, faults } = readItems(given, ACTIONS[change]);
	if (faults.length > 0) throw new TerminalError(faults.join('; '), { errorCode: 400 });
	const changeId = changeIdOf(ctx.request().id);
	for (let start = 0; start < items.length; start += PART)
		await bulkOf(ctx, changeId).load({
			chunk: start / CHUNK,
			items: items.slice(start, start + PART)
		});
	const asked: Asked = {
		...{ changeId, change, total: items.length },
		digest: await ctx.run('Digest items', () => digestOf(items)),
		refunded: await refundedBy(ctx, change, items),
		severe: items.some((item) => isSevere(change, item))
	};
	return (await askFor(ctx, 'bulk', asked, operator, terms)) as AnswerOf<BulkBegun>;
}

async function digestOf(items: readonly unknown[]): Promise<string> {
	const text = new TextEncoder().encode(JSON.stringify(items));
	const digest = await crypto.subtle.digest('SHA-256', text);
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const Refund = z.object({ orderId: z.string(), amount: z.int().optional() });

/** What refunds come to. More of them than may go alone need approval whatever they come to. */
async function refundedBy(
	ctx: Context,
	change: ChangeAction,
	items: readonly unknown[]
): Promise<number> {
	if (change !== 'refundOrder' || items.length > BULK_LIMIT) return 0;
	const refunds = items.map((item) => Refund.parse(item));
	return ctx.run('Add up refunds', async () => {
		let sum = 0;
		for (const { orderId, amount } of refunds)
			sum += amount ?? (await readOrder(env.DB, orderId))?.amount ?? 0;
		return sum;
	});
}

const Severe = z.union([
	z.object({ act: z.literal('kill') }),
	z.object({ force: z.literal(true) })
]);

const isSevere = (change: ChangeAction, item: unknown): boolean =>
	(change === 'invocation' || change === 'forceRelease') && Severe.safeParse(item).success;
