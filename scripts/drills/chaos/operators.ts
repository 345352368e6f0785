import { setTimeout as pause } from 'node:timers/promises';
import { read, unlessLost } from './buyers.ts';
import type { Crowd } from './buyers.ts';
import { clock, pick } from './notebook.ts';

const REASON = 'drill: random faults';

/** An operator who keeps interfering: releases, refunds, cancels, now and then a kill. */
export async function operators(crowd: Crowd): Promise<void> {
	const { notebook, random, over } = crowd;
	while (!over()) {
		const draw = random();
		try {
			if (draw < 0.6) await refund(crowd);
			else if (draw < 0.8) await forceRelease(crowd);
			else if (draw < 0.95) await cancel(crowd);
			else await kill(crowd);
		} catch (error) {
			notebook.problems.push(`operator: ${String(error)}`);
		}
		await pause(random() * 200);
	}
}

async function refund({ site, notebook, random }: Crowd): Promise<void> {
	const { confirmed } = notebook;
	const [order] = confirmed.splice(Math.floor(random() * confirmed.length), 1);
	if (!order) return;
	const { order: id, seats } = order;
	const from = clock();
	// Its row may not have reached CONFIRMED yet, and then the refund is refused.
	const answer = await unlessLost(() =>
		site.operate('refundOrder', {
			orderId: id,
			reason: REASON,
			expect: { status: 'CONFIRMED' }
		})
	);
	notebook.calls.push({ call: 'refund', from, to: clock(), seats, order: id, answer });
	notebook.count(`operator refund ${answer?.status ?? 'unanswered'}`);
	if (answer?.status === 409 || answer?.status === 404) confirmed.push(order);
}

async function forceRelease(crowd: Crowd): Promise<void> {
	const { site, notebook, random, seats } = crowd;
	const seat = pick(seats, random);
	const { status, epoch } = await read(crowd, seat);
	if (status !== 'RESERVED') return;
	const forced = random() < 0.5;
	const from = clock();
	const answer = await unlessLost(() =>
		site.operateTogether('forceRelease', { seat, reason: REASON, expect: { epoch }, force: forced })
	);
	notebook.calls.push({ call: 'force-release', from, to: clock(), seat, forced, answer });
	notebook.count(`operator force-release ${answer?.status ?? 'unanswered'}`);
}

async function cancel({ site, notebook, random }: Crowd): Promise<void> {
	const [...underWay] = notebook.underWay.keys();
	if (underWay.length === 0) return;
	const answer = await unlessLost(() =>
		site.operate('cancelCheckout', {
			invocationId: pick(underWay, random),
			reason: REASON,
			expect: { status: 'running' }
		})
	);
	notebook.count(`operator cancel ${answer?.status ?? 'unanswered'}`);
}

/** Past every compensation, as one does with Restate's own tools. */
async function kill({ site, notebook, random }: Crowd): Promise<void> {
	const [...underWay] = notebook.underWay.keys();
	if (underWay.length === 0) return;
	const { admin } = site.stack.settings.urls;
	const url = `${admin}/invocations/${pick(underWay, random)}/kill`;
	const response = await fetch(url, { method: 'PATCH' }).catch(() => null);
	notebook.count(`operator kill ${response?.status ?? 'unanswered'}`);
}
