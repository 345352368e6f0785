import type { Order } from '$shared/order.ts';

/** An order as the console shows it. Times are ms since the epoch. */
export interface OrderRow extends Order {
	/** What of its money went back, as on record; minor units. */
	refunded: number;
	/** The mail provider's ID of the newest mail that went out for it. */
	mailId: string | null;
	createdAt: number;
	updatedAt: number;
}
