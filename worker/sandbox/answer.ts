/** A gateway request once its body is read. */
export interface ApiRequest {
	method: string;
	path: string;
	query: string;
	body: string;
	/** The bearer token; null when there is none. */
	apiKey: string | null;
	idempotencyKey: string | null;
	/** The time it is answered at, in milliseconds. */
	now: number;
}

/** What an executed request did: such an answer is saved under the idempotency key. */
export interface Execution {
	operation: string;
	/** The intent, refund or mail it was about; null when it named none. */
	object: string | null;
	/** Whether anything changed. */
	committed: boolean;
}

export interface Answer {
	status: number;
	body: unknown;
	/** Absent when nothing executed: look-ups, invalid requests. */
	execution?: Execution;
	/** A saved answer, sent again. */
	replayed?: boolean;
}

/** Ends a request before anything executed; carries the answer in the API's own envelope. */
export class RequestRejected extends Error {
	readonly answer: Answer;
	constructor(status: number, body: unknown) {
		super(`Request rejected with status ${status}`);
		this.answer = { status, body };
	}
}
