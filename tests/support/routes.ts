import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The console's routes, told by its own files: a new one is in every walk at once. */

export interface Route {
	/** As SvelteKit names it: `/seats/[key]/data`. */
	id: string;
	kind: 'page' | 'endpoint';
	/** Methods of an endpoint; a page answers to GET, and to POST where it has actions. */
	methods: string[];
	/** Names of a page's form actions. */
	actions: string[];
}

const ROOT = 'console/routes';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export async function readRoutes(): Promise<Route[]> {
	const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' });
	const routes = files
		.filter((file) => /(^|\/)\+(page\.svelte|server\.ts)$/.test(file))
		.map(async (file): Promise<Route> => {
			const folder = dirname(file);
			const id = `/${relative('.', folder)}`;
			if (file.endsWith('+server.ts')) {
				const module = await load(file);
				const methods = METHODS.filter((method) => method in module);
				return { id, kind: 'endpoint', methods, actions: [] };
			}
			const server = join(folder, '+page.server.ts');
			const module = existsSync(join(ROOT, server)) ? await load(server) : {};
			const actions = Object.keys((module['actions'] as object | undefined) ?? {});
			return {
				...{ id, kind: 'page', actions },
				methods: actions.length > 0 ? ['GET', 'POST'] : ['GET']
			};
		});
	return (await Promise.all(routes)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const load = async (file: string): Promise<Record<string, unknown>> =>
	(await import(/* @vite-ignore */ resolve(ROOT, file))) as Record<string, unknown>;

/** What stands in the place of a route's parameters. */
export interface Samples {
	event: string;
	seat: string;
	order: string;
	invocation: string;
	change: string;
}

/** The address of a route, with something that exists. @throws for a parameter it knows nothing for */
export function addressOf({ id }: Pick<Route, 'id'>, samples: Samples): string {
	return id.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
		const value = sampleOf(id, name, samples);
		if (value === undefined) throw new Error(`tests/support/routes.ts has no sample for ${id}`);
		return value;
	});
}

function sampleOf(id: string, name: string, samples: Samples): string | undefined {
	if (name === 'event') return samples.event;
	if (name === 'key') return samples.seat;
	if (id.startsWith('/orders/')) return samples.order;
	if (id.startsWith('/invocations/')) return samples.invocation;
	if (id.startsWith('/changes/')) return samples.change;
	return undefined;
}
