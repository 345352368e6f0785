/** What every port throws when what it stands for fails or refuses. */
export class UpstreamError extends Error {
	override readonly name = 'UpstreamError';
	/** Stable, for code and tests: `restate-unreachable`, `conflict`, … */
	readonly code: string;
	/** The HTTP status the console answers with. */
	readonly status: number;
	/** Whether the same call may well succeed in a moment. */
	readonly retryable: boolean;

	constructor(
		code: string,
		message: string,
		{ status, retryable = false, cause }: { status: number; retryable?: boolean; cause?: unknown }
	) {
		super(message, { cause });
		this.code = code;
		this.status = status;
		this.retryable = retryable;
	}
}

/** Whether a fetch ended because its `AbortSignal.timeout` fired. */
export const isTimeout = (error: unknown): boolean =>
	error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
