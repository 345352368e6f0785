import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { holds, same } from './evidence.ts';
import type { Records } from './records.ts';

const FAILURES = 4;

export const gateway503: Drill = {
	name: 'gateway-503',
	title: `The gateway answers 503 ${FAILURES} times, then is well again`,
	expected: 'the checkout backs off with rising retries and intervals, then succeeds; one charge',
	run: async (site) => {
		const { records } = site;
		const seat = await site.freshSeat();
		await site.breakGateway({ payments: { status: 503, times: FAILURES } });
		const begun = await site.begin({ ticketIds: [seat], userId: 'erin' });
		const backOffs = await watchBackOffs(records, begun.invocationId);
		const { status } = await begun.answer;
		const intents = await records.intentsOf(begun.orderId);
		const steps = await records.steps(begun.invocationId);
		const counts = backOffs.map(({ retryCount }) => retryCount);
		const due = backOffs.map(({ dueAt }) => dueAt);
		const intervals = due.slice(1).map((at, index) => at - (due[index] ?? at));
		return [
			holds('invocation', 'retry counts', counts, counts.length > 2 && isRising(counts)),
			holds('invocation', 'ms between retries', intervals, isRising(intervals)),
			same(
				'invocation',
				'last error',
				/answered \d+/.exec(backOffs.at(-1)?.failure ?? '')?.[0],
				'answered 503'
			),
			same('answer', 'status', status, 200),
			same(
				'journal',
				'authorise steps',
				steps.filter((name) => name.startsWith('Authorise')).length,
				1
			),
			same(
				'ledger',
				'charges',
				intents.map((intent) => intent.status),
				['succeeded']
			),
			same('seat', 'is', (await records.seat(seat)).status, 'SOLD')
		];
	}
};

interface BackOff {
	retryCount: number;
	/** When it is tried again, ms since the epoch. */
	dueAt: number;
	failure: string;
}

/** Every back-off of an invocation until it ends, each told once. */
async function watchBackOffs(records: Records, id: string): Promise<BackOff[]> {
	const seen = new Map<number, BackOff>();
	await until('the checkout to end', async () => {
		const now = await records.invocation(id);
		const { status, retry_count: retryCount, next_retry_at: next, last_failure: failure } = now;
		if (status === 'backing-off' && next && !seen.has(retryCount))
			seen.set(retryCount, { retryCount, dueAt: next.getTime(), failure });
		return status === 'completed';
	});
	return [...seen.values()];
}

const isRising = (values: readonly number[]): boolean =>
	values.every((value, index) => index === 0 || value > (values[index - 1] ?? value));
