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

/** What Restate answered to an act: 200 done, 202 accepted, 404 unknown, 409 in no state for it. */
export interface ActAnswer {
	status: number;
	body: unknown;
}

/** Asks Restate to do something to an invocation. What it blames on the request is the answer. */
export async function actOnInvocation(
	id: string,
	act: 'cancel' | 'resume' | 'pause' | 'kill' | 'purge' | 'restart-as-new',
	parameters: Record<string, string> = {}
): Promise<ActAnswer> {
	const query = new URLSearchParams(parameters).toString();
	const path = `/invocations/${encodeURIComponent(id)}/${act}${query ? `?${query}` : ''}`;
	const response = await askRestate(path, { method: 'PATCH' });
	const said = await response.text();
	// It is not ready yet: the same again, later.
	if (response.status >= 500 || response.status === 425 || response.status === 429)
		throw new Error(`Restate could not ${act} ${id} (${response.status}): ${said}`);
	return { status: response.status, body: readAnswer(said) };
}

function readAnswer(said: string): unknown {
	try {
		return JSON.parse(said);
	} catch {
		return said;
	}
}
