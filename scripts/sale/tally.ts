/** How a buyer's visit ended. */
export const OUTCOMES = [
	'sold',
	'declined',
	'abandoned',
	'sold out',
	'gave up',
	'lost seats',
	'error'
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What happened in a sale so far. */
export class Tally {
	readonly outcomes = new Map<Outcome, number>(OUTCOMES.map((outcome) => [outcome, 0]));
	/** Order IDs that buyers were told are theirs. */
	readonly orders: string[] = [];
	/** Milliseconds of each answered call. */
	readonly reserve: number[] = [];
	readonly checkout: number[] = [];
	readonly errors = new Map<string, number>();
	seatsSold = 0;
	/** Seats that turned out to be somebody else's. */
	conflicts = 0;
	/** Buyers whose visit is over. */
	done = 0;

	end(outcome: Outcome): void {
		this.outcomes.set(outcome, this.count(outcome) + 1);
		this.done++;
	}

	sell(orderId: string, seats: number): void {
		this.orders.push(orderId);
		this.seatsSold += seats;
		this.end('sold');
	}

	fail(message: string): void {
		this.errors.set(message, (this.errors.get(message) ?? 0) + 1);
		this.end('error');
	}

	count(outcome: Outcome): number {
		return this.outcomes.get(outcome) ?? 0;
	}
}
