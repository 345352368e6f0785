import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleWorker } from '../stack/build.ts';
import type { Bundle } from '../stack/build.ts';

/** What the next version answers, so that one can tell which version did. */
export const NEXT_MESSAGE = 'Booking Confirmed by the next version';

/** What the next version of the service changes, file by file: each text occurs exactly once. */
const CHANGES: [file: string, from: string, to: string][] = [
	['shared/seat.ts', '\tv: 1,\n', "\tv: 2,\n\torigin: 'new',\n"],
	[
		'shared/seat-history.ts',
		"if (stored['v'] === 1) return withoutHistory(stored as unknown as StoredSeat);",
		`if (stored['v'] === 2) return withoutHistory(stored as unknown as StoredSeat);
	if (stored['v'] === 1)
		return { ...withoutHistory(stored as unknown as StoredSeat), v: 2, origin: 'migrated' } as SeatState;`
	],
	[
		'worker/checkout.ts',
		"return { status: 'CONFIRMED', orderId, message: 'Booking Confirmed' };",
		`return { status: 'CONFIRMED', orderId, message: '${NEXT_MESSAGE}' };`
	]
];

/**
 * Bundles a next version of the service, whose seats are stored in another schema: `v: 2` with one
 * more field, older ones migrated on read.
 *
 * @throws when the code no longer has what is to be changed
 */
export async function bundleNextVersion(): Promise<Bundle> {
	const folder = mkdtempSync(join(tmpdir(), 'nexus-next-'));
	try {
		for (const part of ['worker', 'shared', 'wrangler.toml', 'tsconfig.json'])
			cpSync(part, join(folder, part), { recursive: true });
		symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
		for (const [file, from, to] of CHANGES) change(join(folder, file), from, to);
		return await bundleWorker(join(folder, 'wrangler.toml'), join(folder, 'out'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function change(file: string, from: string, to: string): void {
	const [before, after, ...more] = readFileSync(file, 'utf8').split(from);
	if (before === undefined || after === undefined || more.length > 0)
		throw new Error(`${file} has not exactly one ${JSON.stringify(from)}`);
	writeFileSync(file, before + to + after);
}
