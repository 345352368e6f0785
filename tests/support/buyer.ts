import { inject } from 'vitest';
import { until } from '../../scripts/until.ts';
import { readD1 } from './d1.ts';
import { call, freshSeat, getSeat, query } from './nexus.ts';

/** A buyer whose name, address and payment method are nowhere but where the service keeps them. */
export interface Planted {
	userId: string;
	email: string;
	paymentMethod: string;
	seat: string;
	heldSeat: string;
	orderId: string;
	failedOrderId: string;
	/** Invocations that carry something of the buyer, the checkout's first. */
	invocations: string[];
}

/** Has a buyer buy, hold, be declined and be unknown, so that every page has something of them. */
export async function plantBuyer(userId: string, email: string): Promise<Planted> {
	const [seat, heldSeat, declined] = [await freshSeat(), await freshSeat(), await freshSeat()];
	const order = { userId, email, paymentMethod: 'pm_card_visa' };
	await call(
		'Checkout/checkout',
		{ ...order, ticketId: seat },
		{ 'idempotency-key': `${userId}-1` }
	);
	await call(`Ticket/${heldSeat}/reserve`, userId);
	const card = { ...order, paymentMethod: 'pm_card_chargeDeclined' };
	await call('Checkout/checkout', { ...card, ticketId: declined });
	const { orderId, checkoutId } = await getSeat(seat);
	const orders = () =>
		readD1<{ id: string; status: string }>(
			'SELECT id, status FROM orders WHERE user_id = ?',
			userId
		);
	const settled = () => orders().map(({ status }) => status);
	await until('the buyer’s orders are on record', () =>
		Promise.resolve(settled().toSorted().join() === 'CONFIRMED,FAILED')
	);
	const touched = await query<{ id: string }>(
		`SELECT id FROM sys_invocation WHERE target_service_key IN ('${seat}', '${heldSeat}')
			AND target_handler_name IN ('reserve', 'hold', 'confirm')`
	);
	const sessions = await query<{ id: string }>(
		`SELECT id FROM sys_invocation WHERE target_service_name = 'UserSession' AND target_service_key = '${userId.replaceAll("'", "''")}'`
	);
	return {
		...order,
		...{ seat, heldSeat, orderId: orderId ?? '' },
		failedOrderId: orders().find(({ status }) => status === 'FAILED')?.id ?? '',
		invocations: [checkoutId ?? '', ...[...touched, ...sessions].map(({ id }) => id)]
	};
}

/** The first message of an event's live seats. */
export async function firstMessage(
	eventId: string,
	headers: Record<string, string>
): Promise<string> {
	const { urls } = inject('settings');
	const stream = await fetch(`${urls.console}/events/${eventId}/stream`, { headers });
	const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
	let text = '';
	while (reader && !text.includes('\n\n')) text += (await reader.read()).value ?? '';
	await reader?.cancel();
	return text;
}
