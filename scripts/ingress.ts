import { messageOf } from './cli.ts';

/** The service's answer to a call that failed: its HTTP status and what it said. */
export class ServiceError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** The call did not come to an answer: nobody listens, or the connection broke under way. */
export class ConnectionError extends Error {}

/** Calls a handler or an API with JSON and reads its JSON answer. */
export async function postJson(
	url: string,
	body: unknown,
	headers: Record<string, string> = {}
): Promise<unknown> {
	const request = {
		method: 'POST',
		headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
		...(body !== undefined && { body: JSON.stringify(body) })
	};
	return readJson(url, request);
}

export const getJson = (url: string): Promise<unknown> => readJson(url, {});

async function readJson(url: string, request: RequestInit): Promise<unknown> {
	let response: Response;
	let text: string;
	try {
		response = await fetch(url, request);
		text = await response.text();
	} catch (error) {
		const origin = new URL(url).origin;
		throw new ConnectionError(`${origin} gave no answer (${reasonOf(error)})`, { cause: error });
	}
	const answer = parse(text);
	if (response.ok) return answer;
	throw new ServiceError(response.status, errorText(answer) ?? `HTTP ${response.status}: ${text}`);
}

/** fetch says only "fetch failed"; its cause tells why. */
function reasonOf(error: unknown): string {
	const cause = error instanceof Error ? error.cause : undefined;
	if (!(cause instanceof Error)) return messageOf(error);
	return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}

function parse(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Restate puts what a handler threw in `message`. */
function errorText(answer: unknown): string | undefined {
	if (typeof answer === 'string') return answer;
	if (typeof answer !== 'object' || answer === null || !('message' in answer)) return undefined;
	return typeof answer.message === 'string' ? answer.message : undefined;
}

/** What to tell a person about a call that failed. */
export const explainFailure = (error: unknown): string =>
	error instanceof ConnectionError
		? `${error.message}: is Nexus running? Start it with npm start`
		: messageOf(error);
