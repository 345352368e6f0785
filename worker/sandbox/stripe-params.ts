import { z } from 'zod';
import { FormError, parseForm } from './form.ts';
import { invalidParameters, malformedForm } from './stripe-error.ts';

/** Stripe's largest amount: eight digits of the smallest unit. */
const MAX_AMOUNT = 99_999_999;

const integer = (min: number, max: number) =>
	z.string().transform((text, ctx) => {
		const value = Number(text);
		if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
		ctx.addIssue({
			code: 'custom',
			message: `${text} is not an integer from ${min} to ${max}`,
			params: { code: 'parameter_invalid_integer' }
		});
		return z.NEVER;
	});

const amount = integer(1, MAX_AMOUNT);
const boolean = z.enum(['true', 'false']).transform((text) => text === 'true');
const currency = z
	.string()
	.regex(/^[A-Za-z]{3}$/, 'must be a three-letter ISO code')
	.transform((code) => code.toLowerCase());
const metadata = z
	.record(z.string().max(40, 'a key has up to 40 characters'), z.string().max(500))
	.refine((entries) => Object.keys(entries).length <= 50, 'up to 50 keys');
const list = z.record(z.string(), z.string());

/** Accepted because real integrations send them; they change nothing for test cards. */
const ignored = {
	automatic_payment_methods: z
		.strictObject({ enabled: boolean, allow_redirects: z.enum(['always', 'never']).optional() })
		.optional(),
	payment_method_types: list.optional(),
	confirmation_method: z.enum(['automatic', 'manual']).optional(),
	error_on_requires_action: boolean.optional(),
	off_session: boolean.optional(),
	return_url: z.string().optional(),
	statement_descriptor: z.string().max(22).optional(),
	statement_descriptor_suffix: z.string().max(22).optional()
};

export const createIntentParams = z.strictObject({
	amount,
	currency,
	capture_method: z.enum(['automatic', 'automatic_async', 'manual']).default('automatic'),
	confirm: boolean.default(false),
	payment_method: z.string().min(1).optional(),
	description: z.string().optional(),
	receipt_email: z.email('not an e-mail address').optional(),
	metadata: metadata.default({}),
	...ignored
});

export const confirmIntentParams = z.strictObject({
	payment_method: z.string().min(1).optional(),
	error_on_requires_action: ignored.error_on_requires_action,
	off_session: ignored.off_session,
	return_url: ignored.return_url
});

export const captureIntentParams = z.strictObject({ amount_to_capture: amount.optional() });

export const cancelIntentParams = z.strictObject({
	cancellation_reason: z
		.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'])
		.optional()
});

export const createRefundParams = z.strictObject({
	payment_intent: z.string().min(1),
	amount: amount.optional(),
	reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
	metadata: metadata.default({})
});

const page = { limit: integer(1, 100).default(10) };
const listPage = { ...page, starting_after: z.string().min(1).optional() };

export const listIntentsParams = z.strictObject(listPage);
export const listRefundsParams = z.strictObject({
	...listPage,
	payment_intent: z.string().min(1).optional()
});
export const searchIntentsParams = z.strictObject({
	...page,
	query: z.string().min(1),
	page: z.string().min(1).optional()
});
export const noParams = z.strictObject({});

/** Reads and validates a form. @throws RequestRejected naming the parameter that is wrong */
export function readParams<S extends z.ZodType>(schema: S, encoded: string): z.output<S> {
	const result = schema.safeParse(readTree(encoded), { reportInput: true });
	if (!result.success) throw invalidParameters(result.error);
	return result.data;
}

function readTree(encoded: string) {
	try {
		return parseForm(encoded);
	} catch (error) {
		if (error instanceof FormError) throw malformedForm(error);
		throw error;
	}
}
