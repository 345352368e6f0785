import type { ServiceOptions } from '../stack/workers.ts';
import type { Evidence } from './evidence.ts';
import type { Site } from './site.ts';

/** A fault, staged on a stack of its own, and what must come of it. */
export interface Drill {
	name: string;
	/** What is done. */
	title: string;
	expected: string;
	/** Variables of the service, such as a shorter hold. */
	vars?: ServiceOptions['vars'];
	/** Whether the console is part of it. */
	console?: boolean;
	/** Whether Restate is a cluster of three nodes. */
	cluster?: boolean;
	/** Stages the fault and reads what came of it from where it is stored. */
	run: (site: Site, options: DrillOptions) => Promise<Evidence[]>;
}

export interface DrillOptions {
	/** Buyers in a crowd. */
	buyers: number;
	/** How long random faults go on. */
	minutes: number;
	/** What random faults are drawn from. */
	seed: number;
}

/** What drills are run with unless something else is said. */
export const DEFAULT_OPTIONS: DrillOptions = { buyers: 100, minutes: 0.5, seed: 1 };
