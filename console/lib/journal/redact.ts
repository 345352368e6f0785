/**
 * Takes secrets out of whatever a journal or a log shows. It goes by name where there is one and
 * by form everywhere: a token that a handler passed on is as secret under another name.
 */

export const REDACTED = '[redacted]';

const SECRET_NAME =
	/^(x-nexus-operator|proxy-authorization|authorization|cookie|set-cookie|password|secret|token|(access|refresh|id|operator|api)[-_]?token|api[-_]?key|(client|signing|webhook)[-_]?(secret|key)|x-restate-jwt-.*|cf-access-jwt-assertion)$/i;

/** JSON Web Tokens, bearer credentials, and the keys of Stripe, Resend and Restate Cloud. */
const SECRET_FORM = new RegExp(
	[
		String.raw`\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*`,
		String.raw`\b(?<scheme>Bearer|Basic)\s+[\w+/=.~-]+`,
		String.raw`\b(?:sk|rk)_(?:live|test)_\w+`,
		String.raw`\bwhsec_\w+`,
		String.raw`\bre_\w{16,}`,
		String.raw`\bkey_[\w-]{12,}`,
		String.raw`\bpi_\w+_secret_\w+`,
		String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`
	].join('|'),
	'g'
);

/** Whether a header or a field of this name holds a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Text without what has the form of a secret. */
export const redactText = (text: string): string =>
	text.replace(SECRET_FORM, (_match, scheme?: string) =>
		scheme ? `${scheme} ${REDACTED}` : REDACTED
	);

/** A JSON value without secrets, at any depth. */
export function redactJson(value: unknown): unknown {
	if (typeof value === 'string') return redactText(value);
	if (Array.isArray(value)) return value.map(redactJson);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, child]) => [
			name,
			isSecretName(name) && child !== null ? REDACTED : redactJson(child)
		])
	);
}
