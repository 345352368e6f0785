import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditStack, isClean, settled } from '../../scripts/audit/audit-stack.ts';
import { Site } from '../../scripts/drills/site.ts';
import { listenerOf } from '../../scripts/stack/listener.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';

/** A gateway, or D1, that is down for longer than any buyer should wait. */

const patient = { timeout: 60_000 };

let site: Site;

beforeAll(async () => {
	site = new Site(await startPrivateStack({ service: { vars: { NEXUS_HOLD_MS: '4000' } } }));
});

afterAll(() => site.stack.stop());

it('answers the buyer after two rounds and settles the money when the gateway is back', async () => {
	const { records } = site;
	const seat = await site.freshSeat();
	await site.breakGateway({ payments: { status: 503 } });
	const checkout = await site.begin({ ticketIds: [seat], userId: 'pia', email: 'pia@example.com' });

	// While the gateway is still down: the hold was extended for a second round, then given back.
	const answer = await checkout.answer;
	expect(answer).toMatchObject({
		status: 402,
		message: expect.stringMatching(/^Payment Failed: no answer in time/) as unknown
	});
	expect(await records.statuses([seat])).toEqual(['AVAILABLE']);
	expect(await records.steps(checkout.invocationId)).toEqual(
		expect.arrayContaining(['Authorise payment', 'Authorise payment again'])
	);
	expect(await records.events(seat)).toEqual(['reserve', 'extend', 'release']);
	expect(await records.order(checkout.orderId)).toMatchObject({ status: 'FAILED' });

	await site.mendGateway();
	// Nobody heard what became of the attempts, so the last one is asked for again, and voided.
	await expect
		.poll(
			async () => (await records.intentsOf(checkout.orderId)).map(({ status }) => status),
			patient
		)
		.toEqual(['canceled']);
	await settled(site.stack.settings);
	const report = await auditStack(site.stack.settings);
	expect(isClean(report), JSON.stringify(report)).toBe(true);
});

it('refuses a seat while D1 does not answer what nothing is known of, and holds up no queue', async () => {
	const seat = await site.freshSeat();
	// The next one knows of no event.
	await site.stack.service.kill();
	// The process that D1 lives in.
	const storage = listenerOf(site.stack.settings.ports.sandbox);
	process.kill(storage, 'SIGSTOP');
	try {
		expect(await site.call(`Ticket/${seat}/reserve`, 'quin')).toMatchObject({
			status: 503,
			message: expect.stringMatching(/catalog is not reachable, try again/) as unknown
		});
	} finally {
		process.kill(storage, 'SIGCONT');
	}
	const reserved = () => site.call(`Ticket/${seat}/reserve`, 'quin');
	await expect.poll(reserved, patient).toMatchObject({ status: 200 });
});
