import Stripe from 'stripe';
import { expect } from 'vitest';
import type { WorkKind } from '../../console/lib/worklist/kinds.ts';
import { kindsOf } from '../../console/lib/worklist/work-filter.ts';
import type { MarkedItem, Worklist } from '../../console/lib/worklist/worklist.ts';
import { Site } from '../../scripts/drills/site.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import { until } from '../../scripts/until.ts';
import { writeD1 } from './d1.ts';
import { editSeat } from './edit-seat.ts';

/** A stack on which everything that can need a person is made to happen, and seen on the worklist. */

/** The rules' own times are minutes: here they are as short as a test's patience. */
const THRESHOLDS = {
	backingOff: 1000,
	silent: 60_000,
	locked: 1000,
	mail: 1000,
	settling: 1000,
	leftOpen: 60 * 60_000,
	refund: 1000
};

const PATIENCE_MS = 90_000;

export class WorklistSite extends Site {
	static async start(vars: Record<string, string>): Promise<WorklistSite> {
		const stack = await startPrivateStack({
			console: 'built',
			service: { vars },
			consoleVars: { WORKLIST_THRESHOLDS: JSON.stringify(THRESHOLDS) }
		});
		return new WorklistSite(stack);
	}

	get console(): string {
		return this.stack.settings.urls.console;
	}

	async worklist(query = 'shown=all'): Promise<Worklist> {
		const response = await fetch(`${this.console}/worklist/data?${query}`);
		const body = await response.text();
		expect(response.status, body).toBe(200);
		return JSON.parse(body) as Worklist;
	}

	/** The item of a kind about something, once it is listed. */
	appears(kind: WorkKind, about: string): Promise<MarkedItem> {
		return until(
			`the worklist to have ${kind} about ${about}`,
			async () =>
				(await this.worklist()).items.find(
					(item) => item.about.id === about && kindsOf(item).includes(kind)
				),
			PATIENCE_MS
		);
	}

	/** Waits until nothing is listed about it any more. */
	async vanishes(about: string): Promise<void> {
		const gone = async () => (await this.worklist()).items.every((item) => item.about.id !== about);
		await until(`nothing to be listed about ${about}`, gone, PATIENCE_MS);
	}

	/** Buys a seat, and waits until its order is on record as it ended. */
	async bought(userId: string): Promise<{ seat: string; orderId: string; invocationId: string }> {
		const seat = await this.freshSeat();
		const email = `${userId}@example.com`;
		const { invocationId, orderId, answer } = await this.begin({
			ticketIds: [seat],
			userId,
			email
		});
		expect(await answer).toMatchObject({ status: 200 });
		await this.records.order(orderId);
		return { seat, orderId, invocationId };
	}

	/** An operator does what the list proposes. */
	async act(handler: string, input: object): Promise<void> {
		const answer = await this.operate(handler, { reason: 'the worklist says so', ...input });
		expect(answer.status, JSON.stringify(answer)).toBe(200);
	}

	/** What Restate's admin API does to an invocation. */
	async admin(id: string, act: 'kill' | 'cancel' | 'pause' | 'resume'): Promise<void> {
		const url = `${this.stack.settings.urls.admin}/invocations/${id}/${act}`;
		const response = await fetch(url, { method: 'PATCH' });
		expect(response.status, await response.text()).toBeLessThan(300);
	}

	/** Writes a seat's state from outside, and waits until it is so. */
	async editSeat(seat: string, state: object): Promise<void> {
		await editSeat(this.stack.settings.urls.admin, seat, state);
		const epoch = 'epoch' in state ? state.epoch : undefined;
		await until('the edit to be applied', async () =>
			(await this.records.seat(seat)).epoch === epoch ? true : undefined
		);
	}

	/** Writes to D1 from outside, which nothing in the sale can do. */
	sql(statement: string, ...values: (string | number | null)[]): void {
		writeD1(this.stack.settings.dataDir, statement, ...values);
	}

	/** What Stripe would report of an order's payment, signed as it signs. */
	async webhook(type: string, object: object): Promise<void> {
		const payload = JSON.stringify({
			...{ id: `evt_${crypto.randomUUID()}`, object: 'event', type },
			data: { object }
		});
		const { settings, keys } = this.stack;
		const signature = Stripe.webhooks.generateTestHeaderString({
			payload,
			secret: keys.webhookSecret
		});
		const response = await fetch(`${settings.urls.ingress}/StripeWebhook/receive`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'stripe-signature': signature },
			body: payload
		});
		expect(response.status).toBe(200);
	}

	/** The gateway's own API, as its dashboard would use it. */
	get stripe(): Stripe {
		const { ports } = this.stack.settings;
		return new Stripe('sk_test_sandbox', {
			httpClient: Stripe.createFetchHttpClient(),
			...{ host: 'localhost', port: ports.sandbox, protocol: 'http' },
			...{ maxNetworkRetries: 0, telemetry: false }
		});
	}
}
