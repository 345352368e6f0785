import type { DeploymentInfo, ServiceInfo } from '../deployment.ts';
import { readDeployment, readService } from './deployment-rows.ts';
import type { DeploymentRow, ServiceRow } from './deployment-rows.ts';
import { UpstreamError, isTimeout } from './upstream-error.ts';

export interface AdminOptions {
	url: string;
	/** Bearer token, where the admin API needs one. */
	token?: string | undefined;
	fetch?: typeof fetch;
}

/** Restate's admin API, as far as the console reads it. */
export interface Admin {
	/** Runs one SQL query. Columns that are NULL are absent from its rows. */
	query: <Row>(sql: string, options?: { timeoutMs?: number }) => Promise<Row[]>;
	/** Whether the server says it is healthy. */
	health: () => Promise<boolean>;
	deployments: () => Promise<DeploymentInfo[]>;
	/** The newest revision of each service. */
	services: () => Promise<ServiceInfo[]>;
	/** Asks the Worker at an address what it has, through Restate; changes nothing. */
	discover: (uri: string, options: { timeoutMs: number; force: boolean }) => Promise<ServiceInfo[]>;
}

/** Restate has no time-out of its own for a query: one that nobody waits for must be dropped. */
const TIMEOUT_MS = 5000;

/** @throws UpstreamError from every method when Restate cannot be reached or refuses */
export function createAdmin({ url, token, fetch: send = fetch }: AdminOptions): Admin {
	const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};

	async function request(path: string, init: RequestInit, timeoutMs: number): Promise<string> {
		try {
			const response = await send(new URL(path, url), {
				...init,
				headers: { ...authorization, ...(init.headers as Record<string, string> | undefined) },
				signal: AbortSignal.timeout(timeoutMs)
			});
			const body = await response.text();
			if (!response.ok) throw refusal(response.status, body);
			return body;
		} catch (error) {
			if (error instanceof UpstreamError) throw error;
			throw isTimeout(error) ? tooSlow(timeoutMs, error) : unreachable(error);
		}
	}

	return {
		async query<Row>(sql: string, { timeoutMs = TIMEOUT_MS } = {}): Promise<Row[]> {
			const init = {
				method: 'POST',
				// Anything but exactly this gets Arrow instead of JSON.
				headers: { accept: 'application/json', 'content-type': 'application/json' },
				body: JSON.stringify({ query: sql })
			};
			const { rows } = parse(await request('/query', init, timeoutMs)) as { rows: Row[] };
			return rows;
		},

		async health() {
			try {
				await request('/health', {}, TIMEOUT_MS);
				return true;
			} catch (error) {
				if (error instanceof UpstreamError) return false;
				throw error;
			}
		},

		async deployments() {
			const body = await request('/deployments', {}, TIMEOUT_MS);
			const { deployments } = parse(body) as { deployments: DeploymentRow[] };
			return deployments.map(readDeployment);
		},

		async services() {
			const body = await request('/services', {}, TIMEOUT_MS);
			const { services } = parse(body) as { services: ServiceRow[] };
			return services.map(readService);
		},

		async discover(uri, { timeoutMs, force }) {
			const init = {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				// As Operations registers it, but for the dry run.
				body: JSON.stringify({
					...{ uri, force, breaking: force, dry_run: true },
					use_http_11: uri.startsWith('http:')
				})
			};
			const { services } = parse(await request('/deployments', init, timeoutMs)) as {
				services: ServiceRow[];
			};
			return services.map(readService);
		}
	};
}

/** A query that fails after its first rows just ends, so half a body is a failed query. */
function parse(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch (cause) {
		throw new UpstreamError('restate-truncated', 'Restate broke off its answer part-way', {
			status: 502,
			retryable: true,
			cause
		});
	}
}

function refusal(status: number, body: string): UpstreamError {
	if (status === 429 || status === 503)
		return new UpstreamError('restate-busy', 'Restate is too busy to answer this query', {
			status: 503,
			retryable: true
		});
	if (status === 401 || status === 403)
		return new UpstreamError('restate-denied', 'Restate refused the console’s credentials', {
			status: 502
		});
	const why = body.slice(0, 300);
	return new UpstreamError('restate-refused', `Restate answered ${status}: ${why}`, {
		status: 502
	});
}

const tooSlow = (timeoutMs: number, cause: unknown) =>
	new UpstreamError('restate-slow', `Restate did not answer within ${timeoutMs / 1000} s`, {
		status: 504,
		retryable: true,
		cause
	});

const unreachable = (cause: unknown) =>
	new UpstreamError(
		'restate-unreachable',
		'Restate is not reachable, so nothing can be read from it now',
		{ status: 503, retryable: true, cause }
	);
