import { messageOf } from '../cli.ts';
import { ServiceError } from '../ingress.ts';
import type { Buyer } from './plan.ts';
import type { SeatMap } from './seat-map.ts';
import type { Shop } from './shop.ts';
import type { Tally } from './tally.ts';

export interface Sale {
	/** Sets this run's users apart from every other's. */
	runId: string;
	shop: Shop;
	map: SeatMap;
	tally: Tally;
}

/** The prefix of every user ID of a run. */
export const userPrefix = (runId: string): string => `sale-${runId}-`;

const userId = ({ runId }: Sale, { number }: Buyer) => `${userPrefix(runId)}${number}`;

/**
 * One buyer from arrival to the end, tallied; never throws. `arrived` is when the buyer was due,
 * so waiting that an overloaded run causes counts as latency.
 */
export async function visit(sale: Sale, buyer: Buyer, arrived: number): Promise<void> {
	const { tally, map } = sale;
	try {
		const held = await holdSeats(sale, buyer, arrived);
		if (held.length === 0) tally.end(map.free === 0 ? 'sold out' : 'gave up');
		else if (buyer.intent === 'abandon') tally.end('abandoned');
		else await pay(sale, buyer, held);
	} catch (error) {
		tally.fail(messageOf(error));
	}
}

/** Holds as many of the seats the buyer came for as a few tries get. */
async function holdSeats(sale: Sale, buyer: Buyer, arrived: number): Promise<string[]> {
	const { map, shop, tally } = sale;
	const held: string[] = [];
	let since: number | undefined = arrived;
	for (const [attempt, place] of buyer.wishes.entries()) {
		const blind = buyer.hot && attempt === 0;
		for (const seat of map.pick(buyer.party - held.length, place, blind)) {
			const started: number = since ?? performance.now();
			since = undefined;
			const reserving = shop.reserve(seat, userId(sale, buyer));
			const got = await unlessTaken(reserving);
			tally.reserve.push(performance.now() - started);
			map.take(seat);
			if (got) held.push(seat);
			else tally.conflicts++;
		}
		if (held.length === buyer.party || map.free === 0) break;
	}
	return held;
}

async function pay(sale: Sale, buyer: Buyer, seats: string[]): Promise<void> {
	const { runId, shop, tally, map } = sale;
	const declining = buyer.intent === 'decline';
	const user = userId(sale, buyer);
	const started = performance.now();
	try {
		const orderId = await shop.checkout({
			seats,
			userId: user,
			email: `buyer-${runId}-${buyer.number}@example.com`,
			paymentMethod: declining ? 'pm_card_chargeDeclined' : 'pm_card_visa',
			idempotencyKey: user
		});
		if (declining) tally.fail('A card that is always declined bought a ticket');
		else tally.sell(orderId, seats.length);
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		if (error.status === 402) {
			for (const seat of seats) map.release(seat);
			tally.end('declined');
		} else if (error.status === 409) tally.end('lost seats');
		else throw error;
	} finally {
		tally.checkout.push(performance.now() - started);
	}
}

async function unlessTaken(reserving: Promise<void>): Promise<boolean> {
	try {
		await reserving;
		return true;
	} catch (error) {
		if (error instanceof ServiceError && error.status === 409) return false;
		throw error;
	}
}
