import { createServer, connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * A TCP load balancer, as a cluster has in front of it: new connections go to the members that are
 * well, in turn, and those to a member that is not are cut, so that callers try again elsewhere.
 */
export interface Balancer {
	close: () => Promise<void>;
}

export interface Member {
	port: number;
	/** Answers 2xx while the member can serve. */
	healthUrl: string;
}

const PROBE_MS = 250;
/** A member that stands still accepts connections all the same, but it answers none. */
const PATIENCE_MS = 750;

/** Listens on `port` of this machine. */
export async function startBalancer(port: number, members: readonly Member[]): Promise<Balancer> {
	const pools = members.map((member) => ({ member, well: true, open: new Set<Socket>() }));
	let turn = 0;
	const server = createServer((client) => {
		const well = pools.filter((pool) => pool.well);
		const pool = well[turn++ % well.length];
		if (!pool) return void client.destroy();
		const upstream = connect(pool.member.port, '127.0.0.1');
		const cut = () => {
			client.destroy();
			upstream.destroy();
			pool.open.delete(client);
		};
		pool.open.add(client);
		for (const socket of [client, upstream]) socket.on('error', cut).on('close', cut);
		client.pipe(upstream).pipe(client);
	});
	const probe = setInterval(() => {
		for (const pool of pools)
			void isWell(pool.member).then((well) => {
				pool.well = well;
				if (!well) for (const client of pool.open) client.destroy();
			});
	}, PROBE_MS);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, 'localhost', resolve);
	});
	return {
		close: async () => {
			clearInterval(probe);
			for (const { open } of pools) for (const client of open) client.destroy();
			await new Promise((done) => server.close(done));
		}
	};
}

async function isWell({ healthUrl }: Member): Promise<boolean> {
	try {
		return (await fetch(healthUrl, { signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
	} catch {
		return false;
	}
}
