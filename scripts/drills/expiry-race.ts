import { z } from 'zod';
import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { holds, same, tally } from './evidence.ts';
import type { Site } from './site.ts';

const HOLD_MS = 2_000;
const BUYERS = 16;

export const expiryRace: Drill = {
	name: 'expiry-race',
	title: `${BUYERS} payments come through at the moment their holds expire`,
	expected:
		'whichever is first, each buyer has the seat and one charge, or neither; no late timer takes it',
	vars: { NEXUS_HOLD_MS: String(HOLD_MS) },
	run: async (site) => {
		const { records } = site;
		const seats = await site.freshSeats(BUYERS);
		// The answer is due just before the hold is over: what comes first is up to the scheduler.
		await site.breakGateway({ payments: { delayMs: HOLD_MS - 100 } });
		const begun = await Promise.all(
			seats.map((seat, index) => site.begin({ ticketIds: [seat], userId: `buyer-${index}` }))
		);
		const answers = await Promise.all(begun.map(({ answer }) => answer));
		await site.mendGateway();
		await timersFired(site);
		const states = await Promise.all(seats.map((seat) => records.seat(seat)));
		const events = (await Promise.all(seats.map((seat) => records.events(seat)))).map((all) =>
			all.join(' ')
		);
		const intents = await records.intents();
		const agree = begun.filter(({ orderId }, index) => {
			const bought = answers[index]?.status === 200;
			const sold = states[index]?.status === 'SOLD' && states[index].orderId === orderId;
			const charges = intents.filter(
				(intent) => intent.metadata['order_id'] === orderId && intent.status === 'succeeded'
			);
			return bought === sold && charges.length === (bought ? 1 : 0);
		});
		return [
			same('answer', 'statuses', tally(answers.map(({ status }) => status)), { 200: BUYERS }),
			same('ledger', 'agrees with seat and answer', agree.length, BUYERS),
			holds(
				'seat',
				'histories',
				tally(events),
				events.every((all) => all.endsWith('confirm'))
			),
			same('seat', 'statuses', tally(states.map(({ status }) => status)), { SOLD: BUYERS })
		];
	}
};

/** Every hold's timer has fired, so a late one has had its chance to take a sold seat. */
const timersFired = (site: Site) =>
	until('every timer to fire', async () => {
		const timers = await site.records.sql(
			`SELECT id FROM sys_invocation_status
			WHERE target_service_name = 'Ticket' AND status != 'completed' LIMIT 1`,
			z.object({ id: z.string() })
		);
		return timers.length === 0;
	});
