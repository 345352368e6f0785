import { z } from 'zod';
import type { Answer, ApiRequest } from './answer.ts';
import { RequestRejected } from './answer.ts';
import type { EmailStore } from './email-store.ts';

const ADDRESS = /^(?:[^<>]*<[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)$/;
const address = z
	.string()
	.regex(
		ADDRESS,
		'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'
	);
/** One address or up to 50; kept as a list. */
const addresses = z.preprocess(
	(value) => (typeof value === 'string' ? [value] : value),
	z.array(address).min(1).max(50)
);
const tagText = z
	.string()
	.regex(
		/^[A-Za-z0-9_-]{1,256}$/,
		'Tags should only contain ASCII letters, numbers, underscores, or dashes.'
	);

const emailSchema = z
	.strictObject({
		from: address,
		to: addresses,
		subject: z.string().min(1),
		html: z.string().optional(),
		text: z.string().optional(),
		cc: addresses.optional(),
		bcc: addresses.optional(),
		reply_to: addresses.optional(),
		tags: z.array(z.strictObject({ name: tagText, value: tagText })).optional()
	})
	.refine(({ html, text }) => html !== undefined || text !== undefined, {
		path: ['html'],
		message: 'Missing `html` or `text` field.'
	});

/** Throws away a request with Resend's envelope. */
export const emailRejection = (statusCode: number, name: string, message: string) =>
	new RequestRejected(statusCode, { statusCode, name, message });

/** Resend's mails, as far as Nexus uses them. */
export class EmailsApi {
	readonly #store: EmailStore;
	constructor(store: EmailStore) {
		this.#store = store;
	}

	/** @throws RequestRejected when the request is refused before it executes */
	handle(request: ApiRequest): Answer {
		const { method, path } = request;
		if (path === '/emails') {
			if (method !== 'POST') throw methodNotAllowed(method, path);
			return this.#send(request);
		}
		if (method !== 'GET') throw methodNotAllowed(method, path);
		const email = this.#store.email(path.slice('/emails/'.length));
		if (!email) throw emailRejection(404, 'not_found', 'Email not found');
		return { status: 200, body: email };
	}

	#send(request: ApiRequest): Answer {
		const input = readEmail(request.body);
		const id = crypto.randomUUID();
		this.#store.insert({
			id,
			object: 'email',
			created_at: new Date(request.now).toISOString(),
			from: input.from,
			to: input.to,
			subject: input.subject,
			html: input.html ?? null,
			text: input.text ?? null,
			cc: input.cc ?? [],
			bcc: input.bcc ?? [],
			reply_to: input.reply_to ?? [],
			tags: input.tags ?? [],
			last_event: 'delivered'
		});
		const execution = { operation: 'send', object: id, committed: true };
		return { status: 200, body: { id }, execution };
	}
}

function readEmail(body: string): z.output<typeof emailSchema> {
	const result = emailSchema.safeParse(readJson(body), { reportInput: true });
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	if (!issue) throw new Error('A failed validation has no issue');
	const [field] = issue.code === 'unrecognized_keys' ? issue.keys : issue.path;
	if (field === undefined) throw emailRejection(422, 'validation_error', issue.message);
	const isMissing = issue.code !== 'custom' && issue.input === undefined;
	if (isMissing) {
		throw emailRejection(422, 'missing_required_field', `Missing \`${String(field)}\` field.`);
	}
	if (issue.code === 'custom') throw emailRejection(422, 'missing_required_field', issue.message);
	throw emailRejection(
		422,
		'validation_error',
		`Invalid \`${String(field)}\` field. ${issue.message}`
	);
}

function readJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw emailRejection(400, 'validation_error', `The request body is not valid JSON: ${reason}`);
	}
}

const methodNotAllowed = (method: string, path: string) =>
	emailRejection(405, 'method_not_allowed', `Method ${method} is not allowed for ${path}.`);
