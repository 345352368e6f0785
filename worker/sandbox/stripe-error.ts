import type { z } from 'zod';
import { RequestRejected } from './answer.ts';
import type { FormError } from './form.ts';
import { GENERIC_DECLINE } from './payment-methods.ts';

/** Stripe's error envelope. */
export interface StripeError {
	type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
	code?: string;
	decline_code?: string;
	message: string;
	param?: string;
	charge?: string;
	payment_intent?: unknown;
}

/** Throws away a request with Stripe's envelope. */
export const rejection = (status: number, error: StripeError): RequestRejected =>
	new RequestRejected(status, { error });

/** An invalid request; `detail` names the parameter and the code where Stripe has them. */
export const invalidRequest = (
	status: number,
	message: string,
	detail: Pick<StripeError, 'code' | 'param'> = {}
): RequestRejected => rejection(status, { type: 'invalid_request_error', ...detail, message });

/** Nothing has the ID that the path names. */
export const missingResource = (kind: string, id: string, param: string): RequestRejected =>
	invalidRequest(404, `No such ${kind}: '${id}'`, { code: 'resource_missing', param });

/** Nothing has the ID that a parameter names. */
export const missingParameterResource = (kind: string, id: string, param: string) =>
	invalidRequest(400, `No such ${kind}: '${id}'`, { code: 'resource_missing', param });

/** A body or query string that is not a well-formed form. */
export const malformedForm = ({ param, message }: FormError): RequestRejected =>
	invalidRequest(400, message, { param });

/** The first thing wrong with the parameters: Stripe reports one at a time. */
export function invalidParameters({ issues }: z.ZodError): RequestRejected {
	const issue = issues[0];
	if (!issue) throw new Error('A failed validation has no issue');
	const path = issue.path.map(String);
	if (issue.code === 'unrecognized_keys') {
		const param = bracketed([...path, issue.keys[0] ?? '']);
		return invalidRequest(400, `Received unknown parameter: ${param}`, {
			code: 'parameter_unknown',
			param
		});
	}
	const param = bracketed(path);
	if (issue.code === 'invalid_type' && issue.input === undefined) {
		return invalidRequest(400, `Missing required param: ${param}.`, {
			code: 'parameter_missing',
			param
		});
	}
	const code: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
	return invalidRequest(400, `Invalid ${param}: ${issue.message}`, {
		...(typeof code === 'string' ? { code } : {}),
		param
	});
}

/** The error that a fault plan's status is answered with. */
export function faultError(status: number): StripeError {
	if (status === 402) {
		const { code, declineCode, message } = GENERIC_DECLINE;
		return { type: 'card_error', code, decline_code: declineCode, message };
	}
	const message = `The sandbox's fault plan answers ${status}.`;
	if (status === 429) return { type: 'invalid_request_error', code: 'rate_limit', message };
	return { type: status >= 500 ? 'api_error' : 'invalid_request_error', message };
}

const bracketed = ([first = '', ...rest]: string[]) =>
	first + rest.map((segment) => `[${segment}]`).join('');
