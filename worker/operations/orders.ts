import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import type { Order } from '../../shared/order.ts';
import { readOrder } from '../orders.ts';

/**
 * The order an operator acts on.
 *
 * @throws TerminalError 404 when there is none, 409 when it is not as the operator saw it
 */
export async function expectOrder(ctx: Context, id: string, status: string): Promise<Order> {
	const order = await ctx.run('Read order', () => readOrder(env.DB, id));
	if (!order) throw new TerminalError(`No order "${id}"`, { errorCode: 404 });
	if (order.status !== status)
		throw new TerminalError(
			`Order changed since you looked: you saw it ${status}, it is ${order.status} now. ` +
				'Nothing was done.',
			{ errorCode: 409 }
		);
	return order;
}
