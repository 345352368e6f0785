import type { Finding } from '../../shared/integrity.ts';
import { formatTable } from '../table.ts';

/** How many violations of one invariant are printed with their evidence. */
const LISTED = 20;

/** An audit's findings as lines to print: a row an invariant, then the offending rows. */
export function describeFindings(findings: readonly Finding[]): string[] {
	const rows = findings.map(({ name, checked, violations }) => [
		name,
		checked,
		violations.length,
		violations.length === 0 ? 'holds' : 'BROKEN'
	]);
	const broken = findings.filter(({ violations }) => violations.length > 0);
	const count = findings.reduce((sum, { violations }) => sum + violations.length, 0);
	return [
		...formatTable(['Invariant', 'Checked', 'Violations', ''], rows),
		...broken.flatMap(describeBroken),
		'',
		count === 0
			? `All ${findings.length} invariants hold.`
			: `${broken.length} of ${findings.length} invariants are broken, ${count} times.`
	];
}

function describeBroken({ name, violations }: Finding): string[] {
	const rows = violations
		.slice(0, LISTED)
		.flatMap(({ subject, what, evidence }) => [
			`  ${subject}: ${what}`,
			`    ${JSON.stringify(evidence)}`
		]);
	const more = violations.length - LISTED;
	return ['', name, ...rows, ...(more > 0 ? [`  … and ${more} more`] : [])];
}
