import { readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CONSOLE_IS_BUILT } from './stack/build.ts';

/**
 * `npm test`: every gate and every suite, all of them even when one fails, and one closing line with
 * the counts. A gate without tests of its own counts as one.
 *
 * The suites that run on servers mostly wait for them, so two run at a time, each on a stack of its
 * own; a suite that takes longer than the others is cut in two.
 */

interface Count {
	passed: number;
	failed: number;
}

const GATES: [name: string, tool: string, args: string[]][] = [
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['lint', 'eslint', ['--max-warnings', '0', '.']],
	['types', 'svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings']]
];

/** A suite, or one part of so many. */
interface Suite {
	name: string;
	part?: `${number}/${number}`;
}

const LANES: Suite[][] = [
	[{ name: 'e2e', part: '1/2' }, { name: 'integration' }],
	[{ name: 'e2e', part: '2/2' }, { name: 'drills' }]
];

const counts: Count[] = [await gate('routes and types', 'svelte-kit', ['sync'])];
counts.push(
	...(await Promise.all([
		...GATES.map((each) => gate(...each)),
		suite({ name: 'unit' }, printAtEnd('unit tests'))
	]))
);
counts.push(await gate('console', 'vite', ['build', '--logLevel', 'error']));
const env = { [CONSOLE_IS_BUILT]: '1' };
const lanes = LANES.map(async (suites) => {
	for (const each of suites) {
		const label = [each.name, each.part].filter((word) => word !== undefined).join(' ');
		counts.push(await suite(each, printLines(label), env));
	}
});
await Promise.all(lanes);

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function gate(name: string, tool: string, args: readonly string[]): Promise<Count> {
	const ok = await run(tool, args, printAtEnd(name));
	return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function suite({ name, part }: Suite, print: Printer, env = {}): Promise<Count> {
	const report = join(
		tmpdir(),
		`nexus-${[name, part].join('-').replace('/', '-')}-${process.pid}.json`
	);
	const args = ['run', '--project', name, '--reporter=default', '--reporter=json'];
	const shard = part === undefined ? [] : [`--shard=${part}`];
	const ok = await run('vitest', [...args, ...shard, `--outputFile.json=${report}`], print, env);
	try {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
			numPassedTests: number;
			numFailedTests: number;
		};
		// A suite that could not run, or ran nothing, has failed whatever it counted.
		const broken = (!ok && numFailedTests === 0) || numPassedTests + numFailedTests === 0;
		return { passed: numPassedTests, failed: numFailedTests + (broken ? 1 : 0) };
	} catch {
		console.error(`${name} tests left no report: the suite did not start`);
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(report, { force: true });
	}
}

/** @returns whether it succeeded */
async function run(
	tool: string,
	args: readonly string[],
	print: Printer,
	env: Record<string, string> = {}
): Promise<boolean> {
	const child = spawn(`node_modules/.bin/${tool}`, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...env }
	});
	const ended = new Promise<boolean>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => {
			resolve(code === 0);
		});
	});
	const streams = [child.stdout, child.stderr].map(async (stream) => {
		for await (const line of createInterface({ input: stream })) print.line(line);
	});
	const ok = await ended;
	await Promise.all(streams);
	print.end();
	return ok;
}

interface Printer {
	line: (text: string) => void;
	end: () => void;
}

/** Keeps what a tool says until it is done, so that what runs beside it does not tear it apart. */
function printAtEnd(title: string): Printer {
	const lines: string[] = [];
	return {
		line: (text) => lines.push(text),
		end: () => {
			console.log(`\n== ${title}\n${lines.join('\n')}`);
		}
	};
}

/** Prints each line as it comes, with the name of what says it. */
function printLines(label: string): Printer {
	return {
		line: (text) => {
			console.log(`${label} | ${text}`);
		},
		end: () => undefined
	};
}
