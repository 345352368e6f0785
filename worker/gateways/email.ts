import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';

export interface Mail {
	to: string;
	subject: string;
	text: string;
	/** At most 256 characters; the provider sends one mail a key within 24 hours. */
	idempotencyKey: string;
}

const Refusal = z.object({ message: z.string() });

const RESEND = 'https://api.resend.com';
const DEFAULT_FROM = 'Nexus Tickets <tickets@nexus.example>';

/**
 * Sends a mail through Resend's API.
 *
 * @returns the provider's message ID
 * @throws TerminalError when the provider refuses the mail for good; any other error is transient
 */
export async function sendMail({ to, subject, text, idempotencyKey }: Mail): Promise<string> {
	const response = await fetch(`${env.RESEND_API_URL ?? RESEND}/emails`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${env.RESEND_API_KEY ?? 're_sandbox'}`,
			'content-type': 'application/json',
			'idempotency-key': idempotencyKey
		},
		body: JSON.stringify({ from: env.MAIL_FROM ?? DEFAULT_FROM, to: [to], subject, text }),
		signal: AbortSignal.timeout(10_000)
	});
	if (response.ok) {
		const { id } = (await response.json()) as { id: string };
		return id;
	}
	const answer = await response.text();
	const why = `Mail was refused (${response.status}): ${reasonIn(answer)}`;
	throw isFinal(response.status, answer)
		? new TerminalError(why, { errorCode: 422 })
		: new Error(why);
}

/** Resend tells what is wrong in a field of its JSON; what is not of that form is told as it is. */
function reasonIn(answer: string): string {
	if (!answer.startsWith('{')) return answer;
	try {
		return Refusal.parse(JSON.parse(answer)).message;
	} catch {
		return answer;
	}
}

/** A rate limit passes, and so does a concurrent request with the same key. */
const isFinal = (status: number, answer: string): boolean =>
	status >= 400 &&
	status < 500 &&
	status !== 429 &&
	!answer.includes('concurrent_idempotent_requests');
