import { z } from 'zod';
import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { holds, same, tally } from './evidence.ts';
import type { Begun, Site } from './site.ts';

const BUYERS = 16;
/** Each hold ends a little later than the one before; all payments answer amid those ends. */
const FIRST_HOLD_MS = 6_500;
const STEP_MS = 250;
const HELD_MS = 7_500;
/** Shorter than any of them, so that the checkout lengthens none, and long enough to sell amid. */
const HOLD_MS = 6_000;

export const expiryRace: Drill = {
	name: 'expiry-race',
	title: `${BUYERS} payments come through around the moment at which their holds expire`,
	expected: 'whichever is first, each buyer has the seat and one charge; no late timer frees it',
	vars: { NEXUS_HOLD_MS: String(HOLD_MS) },
	run: async (site) => {
		const { records } = site;
		const seats = await site.freshSeats(BUYERS);
		await site.breakGateway({ payments: { delayMs: HELD_MS, times: BUYERS } });
		const begun = await Promise.all(seats.map((seat, index) => holdAndBuy(site, seat, index)));
		const answers = await Promise.all(begun.map(({ answer }) => answer));
		await timersFired(site);
		const states = await Promise.all(seats.map((seat) => records.seat(seat)));
		const histories = await Promise.all(seats.map((seat) => records.events(seat)));
		const lapsed = histories.filter((events) => events.includes('expire')).length;
		const intents = await records.intents();
		const agree = begun.filter(({ orderId }, index) => {
			const charges = intents.filter(({ metadata }) => metadata['order_id'] === orderId);
			const paid = charges.length === 1 && charges[0]?.status === 'succeeded';
			return paid && states[index]?.orderId === orderId;
		});
		const endings = histories.map((events) => events.at(-1) ?? '');
		return [
			same('answer', 'statuses', tally(answers.map(({ status }) => status)), { 200: BUYERS }),
			same('invocation', 'checkouts ended in', await records.checkoutEndings(), {
				success: BUYERS
			}),
			same('seat', 'statuses', tally(states.map(({ status }) => status)), { SOLD: BUYERS }),
			holds('seat', 'whose timer came first', lapsed, lapsed > 0),
			same('seat', 'last events', tally(endings), { confirm: BUYERS }),
			same('ledger', 'one charge, and the seat is its order’s', agree.length, BUYERS)
		];
	}
};

async function holdAndBuy(site: Site, seat: string, index: number): Promise<Begun> {
	const userId = `buyer-${index}`;
	await site.call(`Ticket/${seat}/reserve`, {
		userId,
		holdForMs: FIRST_HOLD_MS + index * STEP_MS
	});
	return site.begin({ ticketIds: [seat], userId });
}

/** Every hold's timer has fired, so a late one has had its chance to free a sold seat. */
const timersFired = (site: Site) =>
	until('every timer to fire', async () => {
		const timers = await site.records.sql(
			`SELECT id FROM sys_invocation_status
			WHERE target_service_name = 'Ticket' AND status != 'completed' LIMIT 1`,
			z.object({ id: z.string() })
		);
		return timers.length === 0;
	});
