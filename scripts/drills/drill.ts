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
	/** Stages the fault and reads what came of it from where it is stored. */
	run: (site: Site, options: DrillOptions) => Promise<Evidence[]>;
}

export interface DrillOptions {
	/** Buyers in a crowd. */
	buyers: number;
}
