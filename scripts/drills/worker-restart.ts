import type { Bundle } from '../stack/build.ts';
import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { holds, same } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Begun, Site } from './site.ts';

/** A deployment that is broken: every request ends in an uncaught exception. */
const THROWING: Bundle = {
	mainModule: 'index.js',
	modulesRoot: '/',
	modules: {
		'index.js': {
			type: 'esm',
			contents: 'export default { fetch() { throw new Error("a bad deployment"); } };'
		}
	}
};

/** The gateway has the payment, and the Worker waits for its answer: the step is under way. */
const HELD_MS = 3_000;

export const workerRestart: Drill = {
	name: 'worker-restart',
	title: 'While a payment is under way workerd is killed; again, and a broken Worker is deployed',
	expected: 'both checkouts succeed, each charged once under one idempotency key',
	run: async (site) => {
		const { service } = site.stack;
		const killed = await pay(site, 'killed', () => service.kill());
		const redeployed = await pay(site, 'redeployed', async (begun) => {
			await service.redeploy(THROWING);
			await until('the broken Worker to be met', async () => {
				const { retry_count, status } = await site.records.invocation(begun.invocationId);
				return status === 'backing-off' && retry_count > 1;
			});
			await service.redeploy();
		});
		return [...killed, ...redeployed];
	}
};

async function pay(
	site: Site,
	userId: string,
	breakWorker: (begun: Begun) => Promise<void>
): Promise<Evidence[]> {
	const { records } = site;
	const seat = await site.freshSeat();
	await site.breakGateway({ payments: { delayMs: HELD_MS, times: 1 } });
	const begun = await site.beginToPay({ ticketIds: [seat], userId });
	const { status } = await records.invocation(begun.invocationId);
	await breakWorker(begun);
	const answer = await begun.answer;
	const intents = await records.intentsOf(begun.orderId);
	const steps = await records.steps(begun.invocationId);
	const { status: state, orderId: owner } = await records.seat(seat);
	return [
		same('invocation', `${userId} when it was`, status, 'running'),
		same('answer', 'status', answer.status, 200),
		same(
			'ledger',
			'charges',
			intents.map((intent) => intent.status),
			['succeeded']
		),
		holds('ledger', 'asked for', intents[0]?.requests, (intents[0]?.requests ?? 0) > 1),
		same(
			'journal',
			'authorise steps',
			steps.filter((name) => name.startsWith('Authorise')).length,
			1
		),
		same('seat', 'is', [state, owner], ['SOLD', begun.orderId])
	];
}
