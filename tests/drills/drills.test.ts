import { expect, it } from 'vitest';
import { DRILLS } from '../../scripts/drills/index.ts';
import { runDrill } from '../../scripts/drills/run.ts';

/** Each drill as `npm run drill` runs it, with a crowd of the default size. */
it.each(DRILLS.map((drill) => [drill.name, drill] as const))('%s', async (_, drill) => {
	const { passed, observed } = await runDrill(drill, { buyers: 100 });
	expect(passed, observed).toBe(true);
});
