import { auditStack, isClean, settled } from '../audit/audit-stack.ts';
import { messageOf } from '../cli.ts';
import { startPrivateStack } from '../stack/private-stack.ts';
import type { Drill, DrillOptions } from './drill.ts';
import type { Evidence } from './evidence.ts';
import { Site } from './site.ts';

export interface DrillResult {
	name: string;
	passed: boolean;
	expected: string;
	observed: string;
	durationMs: number;
}

/** Everything has come to its end, so little may be left over. */
const BOUNDS = { holdGrace: 15_000, settlement: 0, refund: 0 };

/** Runs a drill on a stack of its own, and audits what it leaves behind. A signal ends it early. */
export async function runDrill(
	drill: Drill,
	options: DrillOptions,
	signal: AbortSignal = new AbortController().signal
): Promise<DrillResult> {
	const started = performance.now();
	const evidence = await gather(drill, options, signal);
	const failed = evidence.filter(({ passed }) => !passed);
	return {
		name: drill.name,
		passed: failed.length === 0,
		expected: drill.expected,
		observed: evidence
			.map(({ source, seen, passed }) => `${passed ? '' : '✗ '}${source}: ${seen}`)
			.join('; '),
		durationMs: Math.round(performance.now() - started)
	};
}

async function gather(
	drill: Drill,
	options: DrillOptions,
	signal: AbortSignal
): Promise<Evidence[]> {
	try {
		const site = new Site(
			await startPrivateStack({
				service: { vars: drill.vars },
				cluster: drill.cluster,
				...(drill.console ? { console: 'build' } : {})
			}),
			drill.vars
		);
		try {
			return await Promise.race([stage(drill, site, options), interrupted(signal)]);
		} finally {
			for (const stop of site.cleanUp) await stop();
			await site.stack.stop();
		}
	} catch (error) {
		return [{ source: 'audit', seen: `the drill broke off: ${messageOf(error)}`, passed: false }];
	}
}

async function stage(drill: Drill, site: Site, options: DrillOptions): Promise<Evidence[]> {
	const { settings } = site.stack;
	const evidence = await drill.run(site, options);
	await settled(settings);
	return [...evidence, integrity(await auditStack(settings, BOUNDS))];
}

const interrupted = (signal: AbortSignal): Promise<never> =>
	new Promise((_, reject) => {
		const stop = () => reject(new Error('interrupted'));
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
	});

function integrity(findings: Awaited<ReturnType<typeof auditStack>>): Evidence {
	const broken = findings.flatMap(({ name, violations }) =>
		violations.map(({ subject, what }) => `${name}: ${subject} ${what}`)
	);
	return {
		source: 'audit',
		seen: isClean(findings) ? `all ${findings.length} invariants hold` : broken.join(', '),
		passed: isClean(findings)
	};
}
