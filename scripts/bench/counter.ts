import { Agent, createServer, request } from 'node:http';

/** A proxy between Restate and a Worker that counts the calls each handler gets. */
export interface Counter {
	url: string;
	/** Calls since the last reset, by `Service/handler`. */
	calls: () => ReadonlyMap<string, number>;
	reset: () => void;
	close: () => Promise<void>;
}

/** Passes on what reaches `port` of this machine to `target`. */
export async function startCounter(port: number, target: string): Promise<Counter> {
	const calls = new Map<string, number>();
	const agent = new Agent({ keepAlive: true });
	const server = createServer((incoming, outgoing) => {
		const { url = '/', method, headers } = incoming;
		const [, handler] = /\/invoke\/([^/]+\/[^/]+)$/.exec(url) ?? [];
		if (handler !== undefined) calls.set(handler, (calls.get(handler) ?? 0) + 1);
		const passed = request(new URL(url, target), { method, headers, agent }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		passed.once('error', () => outgoing.destroy());
		incoming.pipe(passed);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${port}`,
		calls: () => calls,
		reset: () => calls.clear(),
		close: async () => {
			agent.destroy();
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		}
	};
}
