import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import type { Order } from '../../shared/order.ts';
import { readOrder } from '../orders.ts';
import { conflict, refused } from './action.ts';
import type { Refusal } from './action.ts';

/** @throws TerminalError 404 when there is no such order */
export async function lookAtOrder(ctx: Context, id: string): Promise<Order> {
	const order = await ctx.run('Read order', () => readOrder(env.DB, id));
	if (!order) throw refused({ status: 404, message: `No order "${id}"` });
	return order;
}

/** Refuses when the order is not as the operator saw it. */
export const orderMoved = ({ status }: Order, seen: string): Refusal | null =>
	status === seen
		? null
		: conflict(`Order changed since you looked: you saw it ${seen}, it is ${status} now`);
