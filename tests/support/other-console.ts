import { Response } from 'miniflare';
import { inject } from 'vitest';
import { distinctPorts } from '../../scripts/stack/ports.ts';
import { startConsole } from '../../scripts/stack/workers.ts';
import './provided.ts';

/** A second console on the tests' stack, configured in another way. */
export interface OtherConsole {
	url: string;
	stop: () => Promise<void>;
}

/**
 * @param vars in place of those that make it a local one
 * @param sites what hosts of the internet answer; all others are asked themselves
 */
export async function startOtherConsole(
	name: string,
	vars: Record<string, string>,
	sites: Record<string, () => unknown> = {}
): Promise<OtherConsole> {
	const [port = 0] = await distinctPorts(1);
	const keys = { operatorSigningKey: inject('operatorSigningKey') };
	const worker = await startConsole(inject('settings'), keys, {
		...{ name, port, vars },
		network: async (request) => {
			const answer = sites[new URL(request.url).host];
			if (answer) return Response.json(answer());
			const { method, headers } = request;
			const body = method === 'GET' ? undefined : await request.text();
			const real = await fetch(request.url, { method, headers: [...headers], body: body ?? null });
			return new Response(await real.arrayBuffer(), {
				status: real.status,
				headers: { 'content-type': real.headers.get('content-type') ?? 'text/plain' }
			});
		}
	});
	return { url: `http://localhost:${port}`, stop: () => worker.stop() };
}
