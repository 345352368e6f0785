import { seededRandom } from '../random.ts';

/** What a buyer sets out to do once the seats are held. */
export type Intent = 'buy' | 'decline' | 'abandon';

export interface Buyer {
	number: number;
	intent: Intent;
	/** How many seats, side by side when there are any. */
	party: number;
	/** Where in the house, as fractions of it, the buyer looks first and after each refusal. */
	wishes: number[];
	/** Whether the first wish is one of the seats that many want at once. */
	hot: boolean;
}

export interface SalePlan {
	buyers: number;
	/** How many seats the house has. */
	seats: number;
	decline: number;
	abandon: number;
	seed: number;
}

/** A buyer who is refused looks again, as a person would, but not for ever. */
export const TRIES = 6;

/** The share of buyers who go for the same few seats, and how many of them want each. */
const HOT_BUYERS = 0.2;
const WANT_EACH = 5;

/** Party sizes and the share of buyers up to each. */
const PARTIES = [
	[1, 0.5],
	[2, 0.85],
	[3, 0.93],
	[4, 1]
] as const;

/** Who comes to a sale and what each will do: the same for the same seed. */
export function planSale({ buyers, seats, decline, abandon, seed }: SalePlan): Buyer[] {
	const random = seededRandom(seed);
	const hotShare = Math.min(1, Math.max(1, (buyers * HOT_BUYERS) / WANT_EACH) / seats);
	const hotFrom = random() * (1 - hotShare);
	return Array.from({ length: buyers }, (_, index) => {
		const fate = random();
		const size = random();
		const hot = random() < HOT_BUYERS;
		const wishes = Array.from({ length: TRIES }, random);
		if (hot) wishes[0] = hotFrom + random() * hotShare;
		return {
			number: index + 1,
			intent: fate < decline ? 'decline' : fate < decline + abandon ? 'abandon' : 'buy',
			party: PARTIES.find(([, share]) => size < share)?.[0] ?? 1,
			wishes,
			hot
		};
	});
}
