import type { Answer, ApiRequest, RequestRejected } from './answer.ts';
import { emailRejection } from './emails-api.ts';
import type { GatewayName } from './faults.ts';
import type { IdempotencyDecision, SavedCall } from './idempotency.ts';
import { faultError, invalidRequest, rejection } from './stripe-error.ts';

type Conflict = Exclude<IdempotencyDecision, 'execute' | 'replay'>;

/** What differs between the two APIs around the handling of a request. */
export interface Dialect {
	maxKeyLength: number;
	/** The request's parameters in a form that two equal requests share. */
	parameters: (request: ApiRequest) => string;
	unauthorized: () => RequestRejected;
	invalidKey: (key: string) => RequestRejected;
	conflict: (
		conflict: Conflict,
		key: string,
		saved: SavedCall,
		endpoint: string
	) => RequestRejected;
	fault: (status: number) => Answer;
}

const stripe: Dialect = {
	maxKeyLength: 255,
	parameters: ({ body }) => {
		const form = new URLSearchParams(body);
		form.sort();
		return form.toString();
	},
	unauthorized: () =>
		invalidRequest(
			401,
			'You did not provide an API key. Provide it in the Authorization header, using Bearer auth.'
		),
	invalidKey: (key) =>
		rejection(400, {
			type: 'idempotency_error',
			message: `Idempotency keys are 1 to 255 characters long; this one has ${key.length}.`
		}),
	conflict: (conflict, key, saved, endpoint) => {
		if (conflict === 'in_use') {
			return rejection(409, {
				type: 'idempotency_error',
				code: 'idempotency_key_in_use',
				message: `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`
			});
		}
		const reuse =
			conflict === 'other_endpoint'
				? `for the same endpoint they were first used for ('${saved.endpoint}' vs '${endpoint}')`
				: 'with the same parameters they were first used with';
		return rejection(400, {
			type: 'idempotency_error',
			message: `Keys for idempotent requests can only be used ${reuse}. Try using a key other than '${key}' if you meant to execute a different request.`
		});
	},
	fault: (status) => ({ status, body: { error: faultError(status) } })
};

const resend: Dialect = {
	maxKeyLength: 256,
	parameters: ({ body }) => body,
	unauthorized: () =>
		emailRejection(
			401,
			'missing_api_key',
			'Missing API key in the authorization header. Include the following header "Authorization: Bearer YOUR_API_KEY" in the request.'
		),
	invalidKey: () =>
		emailRejection(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.'),
	conflict: (conflict) =>
		conflict === 'in_use'
			? emailRejection(
					409,
					'concurrent_idempotent_requests',
					'Same idempotency key used while original request is still in progress.'
				)
			: emailRejection(
					409,
					'invalid_idempotent_request',
					'Same idempotency key used with a different request payload.'
				),
	fault: (status) =>
		emailRejection(
			status,
			status === 429 ? 'rate_limit_exceeded' : 'application_error',
			`The sandbox's fault plan answers ${status}.`
		).answer
};

export const DIALECTS: Record<GatewayName, Dialect> = { payments: stripe, emails: resend };
