import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { text as literal } from '../../../shared/sql.ts';
import type { Venue } from '../../../shared/venue.ts';
import { postJson } from '../../ingress.ts';
import { seededRandom, shuffle } from '../../random.ts';
import { queryRestate } from '../../restate-sql.ts';
import type { SaleOutcome } from '../../sale/outcome.ts';
import { percentile } from '../../sale/percentiles.ts';
import { portVariable, SERVICES } from '../../stack/settings.ts';
import type { Settings } from '../../stack/settings.ts';
import type { Stack } from '../../stack/stack.ts';
import { until } from '../../until.ts';
import { publishVenue } from '../publish-venue.ts';
import { probe } from './probes.ts';
import { openViewer } from './viewer.ts';
import type { Viewer } from './viewer.ts';

export interface Spread {
	samples: number;
	p50: number;
	p95: number;
	max: number;
}

/** What a stretch of the sale with so many viewers showed. */
export interface Phase {
	viewers: number;
	/** From the answer to a reserve until the seat's colour on the map is another, ms. */
	latencyMs: Spread;
	/** How often the seats were read for all who watch. */
	scansPerSecond: number;
	/** How many processes wanted each of the machine's processors, ours and others': its load. */
	loadPerProcessor: number;
}

export interface Liveness {
	seats: number;
	/** What the sale sold a second while this was measured. */
	sale: { seatsPerSecond: number; reserveP50Ms: number | null };
	phases: Phase[];
	/** Of all probes on all viewers. */
	latencyMs: Spread;
	/** After restate-server was killed and started again, from when it was healthy, ms. */
	recovery: { viewer: number; reloaded: boolean; liveAfterMs: number }[];
}

export interface LivenessOptions {
	seats: number;
	/** Probes in each of the two phases. */
	probes: number;
	/** Buyers who arrive a second; null for as fast as the service takes them. */
	rate: number | null;
	seed: number;
}

/** Watches a sale with one and with two browsers, then kills restate-server. */
export async function measureLiveness(
	stack: Stack,
	browser: Browser,
	{ seats, probes, rate, seed }: LivenessOptions,
	onStep: (step: string) => void
): Promise<Liveness> {
	const { urls } = stack.settings;
	const event = await publishVenue(stack, seats);
	const venue = (await postJson(`${urls.ingress}/Event/${event}/venue`, undefined)) as Venue;
	const random = seededRandom(seed);
	const order = shuffle(
		venue.seats.map(([id]) => id),
		random
	);
	const open = () => openViewer(browser, urls.console, event, venue);
	const viewers: Viewer[] = [await open()];
	const sale = startSale(stack.settings, { event, buyers: seats, rate });
	const speed = rate === null ? 'full speed' : `${rate} buyers a second`;
	const waits: number[][] = [];
	const phases: Phase[] = [];
	try {
		for (const number of [1, 2]) {
			if (number === 2) viewers.push(await open());
			onStep(`a sale at ${speed}, ${number === 1 ? 'one viewer' : 'two viewers'}`);
			const before = await scansOf(urls.admin, event);
			const found = await probe({
				...{
					ingressUrl: urls.ingress,
					event,
					seats: order,
					count: probes,
					viewers,
					random
				},
				stop: sale.isOver
			});
			const after = await scansOf(urls.admin, event);
			waits.push(found);
			const scansPerSecond = ((after.scans - before.scans) * 1000) / (after.at - before.at);
			const phase = {
				...{ viewers: number, latencyMs: spreadOf(found), scansPerSecond },
				loadPerProcessor: (loadavg()[0] ?? Number.NaN) / availableParallelism()
			};
			onStep(JSON.stringify(phase));
			phases.push(phase);
		}
	} finally {
		sale.stop();
	}
	const { seatsPerSecond, latencyMs } = await sale.outcome;
	onStep('restate-server is killed, and started again');
	const recovery = await recoverFromKill(stack, viewers);
	return {
		seats,
		sale: { seatsPerSecond, reserveP50Ms: latencyMs.reserve?.p50 ?? null },
		phases,
		latencyMs: spreadOf(waits.flat()),
		recovery
	};
}

/** A sale as `npm run sale` runs it, in a process of its own, so that it takes no time from here. */
function startSale(
	{ dataDir, ports }: Settings,
	{ event, buyers, rate }: { event: string; buyers: number; rate: number | null }
) {
	const env = Object.fromEntries(
		SERVICES.map((service) => [portVariable(service), String(ports[service])])
	);
	const args = [
		...['--event', event, '--buyers', String(buyers), '--seed', '1', '--json'],
		...(rate === null ? [] : ['--rate', String(rate)])
	];
	const child = spawn(process.execPath, ['scripts/sale.ts', ...args], {
		env: { ...process.env, ...env, NEXUS_DATA: dataDir },
		stdio: ['ignore', 'pipe', 'ignore']
	});
	const outcome = text(child.stdout).then((said) => {
		if (said.trim() === '') throw new Error('the sale ended without a word');
		return JSON.parse(said) as SaleOutcome;
	});
	// Whoever waits for the outcome is told; until then a failure is nobody's.
	outcome.catch(() => undefined);
	return {
		outcome,
		isOver: () => child.exitCode !== null,
		/** No more arrivals: it ends with the buyers inside. */
		stop: () => child.kill('SIGINT')
	};
}

const storedHead = z.object({ value_utf8: z.string() });
const head = z.object({ scans: z.int() });

/** How often the event's seats have been read so far. */
async function scansOf(adminUrl: string, event: string): Promise<{ at: number; scans: number }> {
	const rows = await queryRestate(
		adminUrl,
		`SELECT value_utf8 FROM state WHERE scope IS NULL AND service_name = 'Occupancy'
			AND service_key = ${literal(event)} AND key = 'picture'`,
		storedHead
	);
	const [row] = rows;
	return { at: Date.now(), scans: row ? head.parse(JSON.parse(row.value_utf8)).scans : 0 };
}

async function recoverFromKill(
	{ restate }: Stack,
	viewers: readonly Viewer[]
): Promise<Liveness['recovery']> {
	const loaded = await Promise.all(viewers.map((viewer) => viewer.loadedAt()));
	const become = (state: string) =>
		Promise.all(
			viewers.map(async (viewer) => {
				await until(`every page to be ${state}`, async () => (await viewer.state()) === state);
				return Date.now();
			})
		);
	await restate.kill();
	await become('stale');
	await restate.restart();
	const healthyAt = Date.now();
	const liveAt = await become('live');
	return Promise.all(
		viewers.map(async (viewer, index) => ({
			viewer: index + 1,
			reloaded: (await viewer.loadedAt()) !== loaded[index],
			liveAfterMs: (liveAt[index] ?? Number.NaN) - healthyAt
		}))
	);
}

function spreadOf(values: readonly number[]): Spread {
	const [p50, p95, max] = [50, 95, 100].map((percent) => percentile(values, percent));
	if (p50 === undefined || p95 === undefined || max === undefined)
		throw new Error('the sale was over before a seat could be reserved: give it more seats');
	return { samples: values.length, p50, p95, max };
}
