import { env } from 'cloudflare:workers';

const headers = (): Record<string, string> => ({
	accept: 'application/json',
	'content-type': 'application/json',
	...(env.RESTATE_TOKEN ? { authorization: `Bearer ${env.RESTATE_TOKEN}` } : {})
});

/** Asks Restate's admin API; what the answer's status means is the caller's to know. */
export const askRestate = (
	path: string,
	{ timeoutMs = 10_000, ...init }: RequestInit & { timeoutMs?: number }
): Promise<Response> =>
	fetch(`${env.RESTATE_ADMIN_URL}${path}`, {
		...init,
		headers: headers(),
		signal: AbortSignal.timeout(timeoutMs)
	});

/** Runs one SQL query against Restate's introspection tables. NULL columns are absent in a row. */
export async function queryRestate<Row>(query: string): Promise<Row[]> {
	const response = await askRestate('/query', {
		method: 'POST',
		body: JSON.stringify({ query }),
		timeoutMs: 15_000
	});
	if (!response.ok)
		throw new Error(`Restate query failed (${response.status}): ${await response.text()}`);
	const { rows } = (await response.json()) as { rows: Row[] };
	return rows;
}

/**
 * Asks Restate to do something to an invocation.
 *
 * @returns the HTTP status: 200 done, 202 accepted, 404 unknown, 409 in no state for it
 */
export async function actOnInvocation(id: string, action: 'cancel' | 'resume'): Promise<number> {
	const path = `/invocations/${encodeURIComponent(id)}/${action}`;
	const response = await askRestate(path, { method: 'PATCH' });
	if (response.ok || response.status === 404 || response.status === 409) return response.status;
	throw new Error(
		`Restate could not ${action} ${id} (${response.status}): ${await response.text()}`
	);
}
