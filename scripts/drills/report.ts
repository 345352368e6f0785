import type { Drill } from './drill.ts';
import type { DrillResult } from './run.ts';

const WIDTH = 96;

/** One drill as rows of a table: its verdict, what was done, expected and seen. */
export function describeResult(drill: Drill, result: DrillResult): string[] {
	const seconds = `${(result.durationMs / 1_000).toFixed(1)} s`;
	return [
		`${result.passed ? 'PASS' : 'FAIL'}  ${drill.name.padEnd(20)} ${seconds.padStart(8)}`,
		...cell('done', drill.title),
		...cell('expected', result.expected),
		...result.observed.split('; ').flatMap((seen, index) => cell(index === 0 ? 'seen' : '', seen)),
		''
	];
}

export function describeTotal(results: readonly DrillResult[]): string {
	const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
	const seconds = Math.round(results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1_000);
	const verdict = failed.length === 0 ? 'all passed' : `failed: ${failed.join(', ')}`;
	return `${results.length} drills in ${seconds} s, ${verdict}`;
}

/** A labelled cell, wrapped at blanks. */
function cell(label: string, text: string): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const last = lines.at(-1) ?? '';
		if (last !== '' && last.length + word.length + 1 > WIDTH) lines.push(word);
		else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
	}
	return lines.map((line, index) => `      ${(index === 0 ? label : '').padEnd(9)} ${line}`);
}
