import { expect, it } from 'vitest';
import { describeFindings } from './report.ts';

const clean = { name: 'No order is paid twice', checked: 1_200, violations: [] };
const violation = { subject: 'pi_1', what: 'left hanging', evidence: { id: 'pi_1' } };

it('says that all holds', () => {
	const text = describeFindings([clean]).join('\n');
	expect(text).toMatch(/No order is paid twice +1,200 +0 +holds/);
	expect(text).toMatch(/All 1 invariants hold\.$/);
});

it('lists what is broken with its evidence, and not without end', () => {
	const violations = Array.from({ length: 23 }, () => violation);
	const lines = describeFindings([clean, { name: 'No hanging', checked: 23, violations }]);
	expect(lines.filter((line) => line === '  pi_1: left hanging')).toHaveLength(20);
	expect(lines).toContain('    {"id":"pi_1"}');
	expect(lines).toContain('  … and 3 more');
	expect(lines.at(-1)).toBe('1 of 2 invariants are broken, 23 times.');
});
