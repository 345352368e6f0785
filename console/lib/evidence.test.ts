import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { canonical, changedIn, EVIDENCE_FORMAT, evidenceName, sealEvidence } from './evidence.ts';
import type { Evidence, EvidenceBundle } from './evidence.ts';

const evidence: Evidence = {
	format: EVIDENCE_FORMAT,
	subject: { kind: 'seat', id: 'concert-1:A-7' },
	exportedAt: '2026-11-25T20:00:00.000Z',
	exportedBy: { name: 'ann', role: 'operator' },
	requestId: 'req_1',
	masked: false,
	parts: {
		state: { ok: true, truncated: null, value: { status: 'SOLD', epoch: 3, note: 'ä “x”' } },
		logs: { ok: false, why: 'The log store (D1) cannot be read now' }
	}
};

const folder = mkdtempSync(join(tmpdir(), 'nexus-evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines that docs/OPERATIONS.md gives to check a bundle with. */
function documented(bundle: unknown): string {
	const docs = readFileSync('docs/OPERATIONS.md', 'utf8');
	const script = /```sh\nnode -e '\n([\s\S]*?)\n' bundle\.json\n```/.exec(docs)?.[1];
	if (script === undefined)
		throw new Error('docs/OPERATIONS.md does not say how to check a bundle');
	const file = join(folder, 'bundle.json');
	writeFileSync(file, JSON.stringify(bundle, null, 2));
	return execFileSync(process.execPath, ['-e', script, file], { encoding: 'utf8' }).trim();
}

describe('canonical', () => {
	test('does not depend on the order of fields', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
				const turned = Object.fromEntries(Object.entries(value).reverse());
				expect(canonical(turned)).toBe(canonical(value));
				expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
			})
		);
	});
});

describe('an evidence bundle', () => {
	test('is as it was exported until somebody changes it', async () => {
		const bundle = await sealEvidence(evidence);
		const kept = JSON.parse(JSON.stringify(bundle)) as EvidenceBundle;
		expect(await changedIn(kept)).toEqual([]);
		expect(documented(kept)).toBe('unchanged');
	});

	test.each<[string, (bundle: EvidenceBundle) => unknown, string[]]>([
		[
			'a value',
			(b) => ({ ...b, parts: { ...b.parts, state: { ok: true, truncated: null, value: {} } } }),
			['state', 'whole']
		],
		[
			'a dropped part',
			({ parts: { logs: _, ...parts }, ...b }) => ({ ...b, parts }),
			['logs', 'whole']
		],
		[
			'an added part',
			(b) => ({ ...b, parts: { ...b.parts, more: { ok: false, why: 'x' } } }),
			['more', 'whole']
		],
		['who exported it', (b) => ({ ...b, exportedBy: { name: 'bob', role: 'viewer' } }), ['whole']],
		[
			'a hash',
			(b) => ({ ...b, manifest: { ...b.manifest, parts: { ...b.manifest.parts, logs: '0' } } }),
			['logs', 'whole']
		]
	])('shows a change of %s', async (_, change, changed) => {
		const bundle = change(await sealEvidence(evidence)) as EvidenceBundle;
		expect(await changedIn(bundle)).toEqual(changed);
		expect(documented(bundle)).toBe(`changed: ${changed.join(', ')}`);
	});

	test('is a file that says whose it is and when', () => {
		expect(evidenceName(evidence)).toBe('evidence-seat-concert-1_A-7-2026-11-25T200000Z.json');
	});
});
