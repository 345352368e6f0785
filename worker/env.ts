import type { D1Database } from '@cloudflare/workers-types';

/** Bindings of the service Worker. Secrets arrive here and nowhere else. */
export interface Env {
	DB: D1Database;
	RESTATE_ADMIN_URL: string;
	/** Bearer token for the admin API, where it needs one. */
	RESTATE_TOKEN?: string;
	/** Comma-separated `publickeyv1_…`; calls that Restate did not sign get 401. */
	RESTATE_IDENTITY_KEYS?: string;
	/** SPKI PEM, Ed25519: verifies operator tokens. */
	OPERATOR_PUBLIC_KEY: string;
	STRIPE_API_KEY?: string;
	/** Where the Stripe API is when it is not Stripe's own: the sandbox. */
	STRIPE_API_URL?: string;
	/** Signs Stripe's webhooks; without it the endpoint refuses every call. */
	STRIPE_WEBHOOK_SECRET?: string;
	RESEND_API_KEY?: string;
	/** Where the Resend API is when it is not Resend's own: the sandbox. */
	RESEND_API_URL?: string;
	MAIL_FROM?: string;
	/** Length of a hold in ms, for tests and drills that cannot wait 15 minutes. */
	NEXUS_HOLD_MS?: string;
}
