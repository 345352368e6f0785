import { readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: every gate and every suite, all of them even when one fails, and one closing line with
 * the counts. A gate without tests of its own counts as one. What needs no stack of its own to
 * itself runs side by side; its output is kept until it is done, so that none is torn apart.
 */

interface Count {
	passed: number;
	failed: number;
}

interface Outcome {
	ok: boolean;
	output: string;
}

const GATES: [name: string, tool: string, args: string[]][] = [
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['lint', 'eslint', ['--max-warnings', '0', '.']],
	['types', 'svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings']]
];

const counts: Count[] = [await gate('routes and types', 'svelte-kit', ['sync'])];
counts.push(...(await Promise.all([...GATES.map((each) => gate(...each)), suite('unit')])));
for (const name of ['integration', 'drills', 'e2e']) counts.push(await suite(name, 'inherit'));

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function gate(name: string, tool: string, args: readonly string[]): Promise<Count> {
	const { ok, output } = await run(tool, args, 'pipe');
	console.log(`\n== ${name}\n${output}`);
	return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function suite(name: string, output: 'pipe' | 'inherit' = 'pipe'): Promise<Count> {
	const report = join(tmpdir(), `nexus-${name}-${process.pid}.json`);
	const args = ['run', '--project', name, '--reporter=default', '--reporter=json'];
	if (output === 'inherit') console.log(`\n== ${name} tests`);
	const outcome = await run('vitest', [...args, `--outputFile.json=${report}`], output);
	if (output === 'pipe') console.log(`\n== ${name} tests\n${outcome.output}`);
	try {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
			numPassedTests: number;
			numFailedTests: number;
		};
		// A suite that could not run, or ran nothing, has failed whatever it counted.
		const broken = (!outcome.ok && numFailedTests === 0) || numPassedTests + numFailedTests === 0;
		return { passed: numPassedTests, failed: numFailedTests + (broken ? 1 : 0) };
	} catch {
		console.error(`${name} tests left no report: the suite did not start`);
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(report, { force: true });
	}
}

async function run(
	tool: string,
	args: readonly string[],
	output: 'pipe' | 'inherit'
): Promise<Outcome> {
	const child = spawn(`node_modules/.bin/${tool}`, args, { stdio: ['ignore', output, output] });
	const said: string[] = [];
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
	const ok = await new Promise<boolean>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => {
			resolve(code === 0);
		});
	});
	return { ok, output: said.join('') };
}
