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
