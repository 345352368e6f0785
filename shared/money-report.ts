/** An order's money as the gateway states it now. Amounts are in minor units, times in ms. */
export interface MoneyReport {
	intents: IntentReport[];
	/** When the gateway was asked. */
	at: number;
}

export interface IntentReport {
	id: string;
	/** In the gateway's words: `requires_capture`, `succeeded`, `canceled`, … */
	status: string;
	currency: string;
	/** What was asked for. */
	amount: number;
	/** What was taken, refunds not counted off. */
	captured: number;
	createdAt: number;
	canceledAt: number | null;
	/** Why the card was declined last. */
	decline: string | null;
	refunds: RefundReport[];
}

export interface RefundReport {
	id: string;
	status: string;
	amount: number;
	createdAt: number;
}

/** What an order's money comes to, in minor units. */
export interface MoneySum {
	/** What was taken, refunds not counted off. */
	paid: number;
	/** What of it went back or is on its way, whoever asked for it. */
	returned: number;
}

/**
 * Adds up what the gateway says. Service and console both compare this and nothing else, so that a
 * refund made at the gateway itself is seen alike by both.
 */
export function sumUpMoney({ intents }: Pick<MoneyReport, 'intents'>): MoneySum {
	const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
	return {
		paid: sum(intents.map(({ captured }) => captured)),
		returned: sum(
			intents
				.flatMap(({ refunds }) => refunds)
				.filter(({ status }) => stands(status))
				.map(({ amount }) => amount)
		)
	};
}

/** Whether a refund in that status took place, or may yet. */
export const stands = (status: string | null): boolean =>
	status !== 'failed' && status !== 'canceled';
