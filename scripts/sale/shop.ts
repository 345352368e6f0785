import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { formatSeatKey } from '../../shared/seat-key.ts';
import { ConnectionError, postJson } from '../ingress.ts';

export interface Purchase {
	seats: string[];
	userId: string;
	email: string;
	paymentMethod: string;
	/** Makes the checkout one and the same, however often it is sent. */
	idempotencyKey: string;
}

/** Before each time a call is sent again after its connection broke. */
const PAUSES_MS = [200, 1_000, 5_000];

const confirmation = z.object({ status: z.literal('CONFIRMED'), orderId: z.string() });

/** The service as a buyer's browser talks to it. */
export class Shop {
	readonly #ingress: string;
	readonly #eventId: string;

	constructor(ingress: string, eventId: string) {
		this.#ingress = ingress;
		this.#eventId = eventId;
	}

	/** @throws ServiceError 409 when the seat is somebody else's */
	async reserve(seatId: string, userId: string): Promise<void> {
		const key = formatSeatKey({ eventId: this.#eventId, seatId });
		// A hold that is the user's already answers like a new one, so sending it again is safe.
		await persist(() => postJson(`${this.#ingress}/Ticket/${key}/reserve`, { userId }));
	}

	/** @returns the order's ID. @throws ServiceError 402 when the card is declined */
	async checkout({ seats, idempotencyKey, ...buyer }: Purchase): Promise<string> {
		const ticketIds = seats.map((seatId) => formatSeatKey({ eventId: this.#eventId, seatId }));
		const url = `${this.#ingress}/Checkout/checkout`;
		const headers = { 'idempotency-key': idempotencyKey };
		const answer = await persist(() => postJson(url, { ticketIds, ...buyer }, headers));
		return confirmation.parse(answer).orderId;
	}
}

async function persist<T>(send: () => Promise<T>): Promise<T> {
	for (const pause of PAUSES_MS) {
		try {
			return await send();
		} catch (error) {
			if (!(error instanceof ConnectionError)) throw error;
			await sleep(pause);
		}
	}
	return send();
}
