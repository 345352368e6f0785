import type { Order } from '$shared/order.ts';

/** An order as the console shows it. Times are ms since the epoch. */
export interface OrderRow extends Order {
	/** The mail provider's ID of the newest mail that went out for it. */
	mailId: string | null;
	createdAt: number;
	updatedAt: number;
}
