import { readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: every gate in turn, all of them even when one fails, and one closing line with the
 * counts. A gate without tests of its own counts as one.
 */

interface Count {
	passed: number;
	failed: number;
}

const GATES: [name: string, tool: string, args: string[]][] = [
	['routes and types', 'svelte-kit', ['sync']],
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['lint', 'eslint', ['--max-warnings', '0', '.']],
	['types', 'svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings']]
];

const SUITES = ['unit', 'integration', 'drills', 'e2e'];

const counts: Count[] = [];
for (const [name, tool, args] of GATES) {
	heading(name);
	const ok = await run(tool, args);
	counts.push({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
}
for (const suite of SUITES) {
	heading(`${suite} tests`);
	counts.push(await runSuite(suite));
}

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function heading(text: string): void {
	console.log(`\n== ${text}`);
}

async function runSuite(suite: string): Promise<Count> {
	const report = join(tmpdir(), `nexus-${suite}-${process.pid}.json`);
	const args = ['run', '--project', suite, '--reporter=default', '--reporter=json'];
	const ok = await run('vitest', [...args, `--outputFile.json=${report}`]);
	try {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
			numPassedTests: number;
			numFailedTests: number;
		};
		// A suite that could not run, or ran nothing, has failed whatever it counted.
		const broken = (!ok && numFailedTests === 0) || numPassedTests + numFailedTests === 0;
		return { passed: numPassedTests, failed: numFailedTests + (broken ? 1 : 0) };
	} catch {
		console.error(`${suite} tests left no report: the suite did not start`);
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(report, { force: true });
	}
}

async function run(tool: string, args: readonly string[]): Promise<boolean> {
	const child = spawn(`node_modules/.bin/${tool}`, args, { stdio: 'inherit' });
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code === 0));
	});
}
