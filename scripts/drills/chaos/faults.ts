import { setTimeout as pause } from 'node:timers/promises';
import { bundleNextVersion } from '../next-version.ts';
import { deployNextVersion } from '../deploy-next-version.ts';
import type { Deployed } from '../deploy-next-version.ts';
import type { Site } from '../site.ts';
import { pick } from './notebook.ts';
import type { Notebook } from './notebook.ts';
import { standStill } from './stand-still.ts';

/** One kind of fault, from its beginning to its end. */
interface Fault {
	name: string;
	strike: () => Promise<void>;
}

/** At most this long; a process that stands still this long has missed many a deadline. */
const STOP_MS = 3_000;
const GAP_MS = 3_000;

const PAYMENT_FAULTS = [
	{ status: 503 },
	{ status: 500, times: 20 },
	{ dropAfterCommit: true, times: 10 },
	{ delayMs: 1_500 },
	{ declineRate: 0.5 }
];

/**
 * Strikes one random fault after another until the run is over, and mends what it broke. Half way,
 * or at the end of a run too short for that, the next version of the service is deployed beside the
 * old one.
 */
export async function faults(
	site: Site,
	notebook: Notebook,
	random: () => number,
	over: () => boolean,
	halfWay: () => boolean
): Promise<void> {
	const { restate, sandbox, service, occupancy, settings, console: pages } = site.stack;
	const { ports } = settings;
	const versions: Deployed[] = [{ process: service, port: ports.worker }];
	const stop = (name: string, port: () => number): Fault => ({
		name: `${name} stopped`,
		strike: () => standStill(port(), random() * STOP_MS)
	});
	const kinds: Fault[] = [
		{ name: 'worker killed', strike: () => pick(versions, random).process.kill() },
		stop('worker', () => pick(versions, random).port),
		{ name: 'occupancy killed', strike: () => occupancy.kill() },
		stop('occupancy', () => ports.occupancy),
		{
			name: 'server killed',
			strike: async () => {
				await restate.kill();
				await pause(random() * 1_000);
				await restate.restart();
			}
		},
		stop('server', () => ports.ingress),
		// The sandbox's process holds D1 as well.
		{ name: 'gateway killed', strike: () => sandbox.kill() },
		stop('gateway', () => ports.sandbox),
		{
			name: 'gateway failing',
			strike: () => misbehave(site, { payments: pick(PAYMENT_FAULTS, random) }, random)
		},
		{ name: 'mail failing', strike: () => misbehave(site, { emails: { status: 503 } }, random) },
		...(pages
			? [
					{ name: 'console killed', strike: () => pages.kill() },
					stop('console', () => ports.console)
				]
			: [])
	];
	const upgrade: Fault = {
		name: 'upgrade',
		strike: async () => {
			versions.push(await deployNextVersion(site, await bundleNextVersion()));
		}
	};
	const strike = async (fault: Fault) => {
		notebook.count(`fault ${fault.name}`);
		await fault.strike();
	};
	while (!over()) {
		await pause(random() * GAP_MS);
		await strike(versions.length === 1 && halfWay() ? upgrade : pick(kinds, random));
	}
	if (versions.length === 1) await strike(upgrade);
}

async function misbehave(
	site: Site,
	plan: Parameters<Site['breakGateway']>[0],
	random: () => number
): Promise<void> {
	await site.breakGateway(plan);
	await pause(1_000 + random() * 5_000);
	await site.mendGateway();
}
