import { z } from 'zod';
import type { Venue } from '../../shared/venue.ts';
import { postJson } from '../ingress.ts';
import type { Settings } from '../stack/settings.ts';
import { arriveAtRate, arriveInTurn } from './arrivals.ts';
import type { SaleOptions } from './options.ts';
import { summarise, type SaleOutcome } from './outcome.ts';
import { planSale, type Buyer } from './plan.ts';
import { showProgress } from './progress.ts';
import { readLedger, readSeats } from './reality.ts';
import { SeatMap } from './seat-map.ts';
import { Shop } from './shop.ts';
import { Tally } from './tally.ts';
import { verify } from './verify.ts';
import { userPrefix, visit, type Sale } from './visit.ts';

/** The part of a venue that buyers choose from. */
const venueSeats = z.object({
	seats: z.array(
		z.tuple([z.string(), z.int(), z.string(), z.string(), z.number(), z.number(), z.int()])
	)
}) satisfies z.ZodType<Pick<Venue, 'seats'>>;

/** Runs a sale to its end, or to the end of those inside when `signal` stops the arrivals. */
export async function runSale(
	options: SaleOptions,
	{ urls }: Settings,
	signal: AbortSignal
): Promise<SaleOutcome> {
	const { event, buyers } = options;
	const venue = venueSeats.parse(await postJson(`${urls.ingress}/Event/${event}/venue`, undefined));
	const seats = await readSeats(urls.admin, event);
	const now = Date.now();
	const taken = seats.filter(
		({ status, reservedUntil }) =>
			status === 'SOLD' || (status === 'RESERVED' && (reservedUntil ?? Infinity) > now)
	);
	// A run that could not be checked at its end is not begun.
	await readLedger(urls.sandbox);

	const sale: Sale = {
		runId: crypto.randomUUID().slice(0, 8),
		shop: new Shop(urls.ingress, event),
		map: new SeatMap(
			venue,
			taken.map(({ seatId }) => seatId)
		),
		tally: new Tally()
	};
	const stopProgress = showProgress(sale.tally, buyers);
	const started = performance.now();
	try {
		const plan = planSale({ ...options, seats: venue.seats.length });
		await arrive(options, plan, (buyer, due) => visit(sale, buyer, due), signal);
	} finally {
		stopProgress();
	}
	const seconds = (performance.now() - started) / 1000;

	const verdict = verify({
		users: userPrefix(sale.runId),
		seats: await readSeats(urls.admin, event),
		intents: await readLedger(urls.sandbox),
		confirmed: sale.tally.orders
	});
	const { seed } = options;
	return summarise({ event, run: sale.runId, seed, buyers, seconds }, sale.tally, verdict);
}

const arrive = (
	{ rate, concurrency }: SaleOptions,
	buyers: Buyer[],
	enter: (buyer: Buyer, due: number) => Promise<void>,
	signal: AbortSignal
): Promise<void> =>
	rate === undefined
		? arriveInTurn(buyers, concurrency, enter, signal)
		: arriveAtRate(buyers, rate, enter, signal);
