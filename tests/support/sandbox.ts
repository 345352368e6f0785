import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { freePorts } from '../../scripts/stack/ports.ts';
import { settingsFor } from '../../scripts/stack/settings.ts';
import { startSandbox } from '../../scripts/stack/workers.ts';

/** An object of the ledger. */
export interface LedgerEntry {
	id: string;
	status: string;
	requests: number;
	idempotency_key: string | null;
	calls: { operation: string; requests: number; status: number }[];
}

export interface Reply {
	status: number;
	body: Record<string, unknown>;
}

/** A sandbox on a workerd of its own, and the ways to speak to it. */
export interface Sandbox {
	url: string;
	/** The official client; it does not retry. */
	stripe: Stripe;
	/** Calls one of the sandbox's own routes. */
	control: (method: string, path: string, body?: unknown) => Promise<Reply>;
	/** Replaces the fault plan. */
	arm: (plan: unknown) => Promise<void>;
	ledger: () => Promise<Record<'intents' | 'refunds' | 'emails', LedgerEntry[]>>;
	authorise: (
		change?: Partial<Stripe.PaymentIntentCreateParams>,
		idempotencyKey?: string
	) => Promise<Stripe.Response<Stripe.PaymentIntent>>;
	/** Stops workerd and starts it again on the same data. */
	restart: () => Promise<void>;
}

/** What `authorise` asks for unless told otherwise. */
export const AUTHORISE = {
	amount: 5000,
	currency: 'eur',
	confirm: true,
	capture_method: 'manual',
	payment_method: 'pm_card_visa',
	automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
	metadata: { order_id: 'ord_1', note: 'row "A" & seat=7' }
} as const satisfies Stripe.PaymentIntentCreateParams;

/** Gives a test file a sandbox of its own, emptied after each test. */
export async function useSandbox(): Promise<Sandbox> {
	const settings = settingsFor(mkdtempSync(join(tmpdir(), 'nexus-sandbox-')), await freePorts());
	const url = settings.urls.sandbox;
	let stop = async (): Promise<void> => Promise.resolve();
	const start = async () => {
		({ stop } = await startSandbox(settings));
	};
	const stripe = new Stripe('sk_test_sandbox', {
		httpClient: Stripe.createFetchHttpClient(),
		host: 'localhost',
		port: settings.ports.sandbox,
		protocol: 'http',
		maxNetworkRetries: 0,
		telemetry: false
	});
	const control = async (method: string, path: string, body?: unknown): Promise<Reply> => {
		const response = await fetch(url + path, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		return { status: response.status, body: (await response.json()) as Reply['body'] };
	};
	beforeAll(start);
	afterEach(async () => {
		await control('DELETE', '/__faults');
		await control('DELETE', '/__ledger');
	});
	afterAll(async () => {
		await stop();
		rmSync(settings.dataDir, { recursive: true, force: true });
	});
	return {
		url,
		stripe,
		control,
		arm: async (plan) => {
			const { status, body } = await control('PUT', '/__faults', plan);
			expect(status, JSON.stringify(body)).toBe(200);
		},
		ledger: async () =>
			(await control('GET', '/__ledger')).body as unknown as Awaited<ReturnType<Sandbox['ledger']>>,
		authorise: (change = {}, idempotencyKey) =>
			stripe.paymentIntents.create(
				{ ...AUTHORISE, ...change },
				idempotencyKey === undefined ? {} : { idempotencyKey }
			),
		restart: async () => {
			await stop();
			await start();
		}
	};
}

/** What a Stripe call fails with; fails the test when the call succeeds. */
export async function failure(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
	const outcome = await call.then(
		(value) => ({ value }),
		(error: unknown) => ({ error })
	);
	if (!('error' in outcome)) expect.fail(`succeeded with ${JSON.stringify(outcome.value)}`);
	if (outcome.error instanceof Stripe.errors.StripeError) return outcome.error;
	throw outcome.error;
}
