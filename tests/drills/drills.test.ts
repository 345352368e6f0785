import { expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../scripts/drills/drill.ts';
import { DRILLS } from '../../scripts/drills/index.ts';
import { runDrill } from '../../scripts/drills/run.ts';

/** Each drill as `npm run drill` runs it, but for how long random faults go on. */
const OPTIONS = { ...DEFAULT_OPTIONS, minutes: 0.2 };

it.each(DRILLS.map((drill) => [drill.name, drill] as const))('%s', async (_, drill) => {
	const { passed, observed } = await runDrill(drill, OPTIONS);
	expect(passed, observed).toBe(true);
});
