import { listenerOf } from '../stack/listener.ts';
import type { Settings } from '../stack/settings.ts';
import { residentBytes } from './processor.ts';
import { median } from './row.ts';

/** What one process held over time. */
export interface Memory {
	process: string;
	/** MB at each look. */
	samples: number[];
	/** Medians of the first and of the last third, after a warm-up. */
	earlyMB: number;
	lateMB: number;
	/** Of the late to the early. */
	growth: number;
}

const LISTENERS = ['console', 'worker', 'occupancy', 'sandbox', 'ingress'] as const;
const NAMES: Record<(typeof LISTENERS)[number], string> = {
	console: 'console workerd',
	worker: 'service workerd',
	occupancy: 'occupancy workerd',
	sandbox: 'sandbox workerd, with D1',
	ingress: 'restate-server'
};
/** Of the looks; caches fill and code is compiled in that time. */
const WARM_UP = 0.25;

/** Looks at the memory of a stack's processes every so often. @returns ends it and tells */
export function watchMemory({ ports }: Settings, everyMs: number): () => Memory[] {
	const seen = LISTENERS.map((service) => ({
		process: NAMES[service],
		pid: listenerOf(ports[service]),
		samples: new Array<number>()
	}));
	const look = () => {
		for (const { pid, samples } of seen) {
			const bytes = residentBytes(pid);
			if (bytes !== undefined) samples.push(bytes / 1e6);
		}
	};
	look();
	const timer = setInterval(look, everyMs);
	return () => {
		clearInterval(timer);
		look();
		return seen.map(({ process, samples }) => ({ process, samples, ...trendOf(samples) }));
	};
}

/** @throws when there is nothing to compare */
export function trendOf(samples: readonly number[]): Omit<Memory, 'process' | 'samples'> {
	const warm = samples.slice(Math.floor(samples.length * WARM_UP));
	const third = Math.max(1, Math.floor(warm.length / 3));
	const [earlyMB, lateMB] = [median(warm.slice(0, third)), median(warm.slice(-third))];
	return { earlyMB, lateMB, growth: lateMB / earlyMB };
}

export const describeMemory = (all: readonly Memory[]): (string | number)[][] =>
	all.map(({ process, samples, earlyMB, lateMB, growth }) => [
		process,
		samples.length,
		Math.round(earlyMB),
		Math.round(lateMB),
		Math.round(Math.max(...samples)),
		growth.toFixed(2)
	]);

export const MEMORY_HEADER = ['Process', 'Looks', 'Early MB', 'Late MB', 'Most MB', 'Late / early'];
