import type { z } from 'zod';
import { type Findings, show } from './findings.ts';
import { lenientPlan, strictPlan, type SeatingPlan } from './schema.ts';

export type PlanMode = 'strict' | 'lenient';

const NOUNS: Record<string, string> = {
	string: 'text in quotes',
	number: 'a number',
	int: 'a whole number',
	object: 'an object',
	array: 'a list'
};

/** `zones[3].rows[0].seats[12].category`, or `the plan` for the root. */
function showPath(path: readonly PropertyKey[]): string {
	if (path.length === 0) return 'the plan';
	return path
		.map((step, i) =>
			typeof step === 'number' ? `[${step}]` : i === 0 ? String(step) : `.${String(step)}`
		)
		.join('');
}

function describe(issue: z.core.$ZodIssue): string {
	const path = showPath(issue.path);
	switch (issue.code) {
		case 'invalid_type': {
			const wanted = NOUNS[issue.expected] ?? issue.expected;
			return issue.input === undefined
				? `${path} is missing: add it as ${wanted}`
				: `${path} must be ${wanted}, not ${show(issue.input)}`;
		}
		case 'invalid_value':
			return `${path} must be one of ${issue.values.map(show).join(', ')}, not ${show(issue.input)}`;
		case 'too_big':
		case 'too_small':
			return `${path} must be a whole number of ordinary size, not ${show(issue.input)}`;
		default:
			return `${path}: ${issue.message}`;
	}
}

/** Whether lenient reading gets past an issue: by dropping a key, or by taking a fraction. */
const isTolerable = (issue: z.core.$ZodIssue) =>
	issue.code === 'unrecognized_keys' ||
	(issue.code === 'invalid_type' && issue.expected === 'int' && typeof issue.input === 'number');

/**
 * Holds the input against the schema. In lenient mode what can be got past is a warning, told once
 * for each key. A plan comes back whenever its seats can be read, errors or not, so that what is
 * wrong with them is listed beside what is wrong with its shape.
 */
export function readShape(
	input: unknown,
	mode: PlanMode,
	errors: Findings,
	warnings: Findings
): SeatingPlan | undefined {
	const strict = strictPlan.safeParse(input, { reportInput: true });
	if (strict.success) return strict.data;

	for (const issue of strict.error.issues) {
		const dropped = mode === 'lenient' && isTolerable(issue);
		const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
		const path = showPath(issue.path);
		for (const key of keys) {
			if (dropped) {
				warnings.add(`places with ${show(key)}`, `${path}: dropped unknown key ${show(key)}`, 1);
			} else {
				errors.add(
					`places with ${show(key)}`,
					`${path} has the unknown key ${show(key)}: remove it, or import leniently to drop it`
				);
			}
		}
		if (keys.length === 0) {
			const findings = dropped ? warnings : errors;
			findings.add('parts that are missing or have the wrong type', describe(issue));
		}
	}
	return lenientPlan.safeParse(input).data;
}
