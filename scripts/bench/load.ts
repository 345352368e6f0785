import autocannon from 'autocannon';

/** Calls of one kind, sent as fast as so many clients get their answers. */
export interface Load {
	ingress: string;
	calls: number;
	clients: number;
	/** The handler's path and input, by the number of the call. */
	call: (index: number) => { path: string; body: unknown };
	/** The statuses that the calls are to be answered with. */
	expected: readonly number[];
}

export interface Pace {
	perSecond: number;
	p50Ms: number;
	p99Ms: number;
}

/** Sends the calls and measures. @throws when one is lost or answered otherwise than expected */
export async function drive({ ingress, calls, clients, call, expected }: Load): Promise<Pace> {
	const wrong: string[] = [];
	let next = 0;
	const started = performance.now();
	// autocannon itself ends with a whole second: a pace of few seconds would move in steps.
	let answered = started;
	const { errors, timeouts, latency } = await autocannon({
		url: ingress,
		connections: clients,
		amount: calls,
		timeout: 120,
		requests: [
			{
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				setupRequest: (request) => {
					const { path, body } = call(next++);
					return { ...request, path, body: JSON.stringify(body) };
				},
				onResponse: (status, body) => {
					answered = performance.now();
					if (!expected.includes(status)) wrong.push(`${status} ${body.slice(0, 200)}`);
				}
			}
		]
	});
	const seconds = (answered - started) / 1_000;
	if (errors + timeouts + wrong.length > 0)
		throw new Error(
			`${errors} calls lost, ${timeouts} without an answer, ${wrong.length} wrong: ${wrong[0] ?? ''}`
		);
	return { perSecond: calls / seconds, p50Ms: latency.p50, p99Ms: latency.p99 };
}
