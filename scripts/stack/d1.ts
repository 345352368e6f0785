import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { run } from './run.ts';
import type { Settings } from './settings.ts';

const STORE = 'workers/v3/d1';
const DATABASE = `${STORE}/miniflare-D1DatabaseObject`;

/** A database with every migration and no row, for fresh data folders. */
let blank: string | undefined;

/** Applies the D1 migrations that the data folder does not have yet. */
export async function applyMigrations({ dataDir }: Settings): Promise<void> {
	const store = join(dataDir, STORE);
	const fresh = !existsSync(store);
	if (fresh && blank !== undefined) {
		cpSync(blank, store, { recursive: true });
		return;
	}
	await run(
		'wrangler',
		[
			...['d1', 'migrations', 'apply', 'nexus', '--local'],
			...['--persist-to', join(dataDir, 'workers')]
		],
		{ WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: join(dataDir, 'logs'), CI: 'true' }
	);
	if (fresh) blank = keepCopy(store);
}

/** Wrangler takes seconds; a process that starts several stacks has it migrate only the first. */
function keepCopy(store: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'nexus-d1-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const copy = join(folder, 'd1');
	mkdirSync(dirname(copy), { recursive: true });
	cpSync(store, copy, { recursive: true });
	return copy;
}

/**
 * Reads a stack's D1, running or not, from the file that workerd keeps it in.
 *
 * @throws when the data folder holds no database
 */
export function queryD1<Row>(dataDir: string, sql: string, ...values: SQLInputValue[]): Row[] {
	const folder = join(dataDir, DATABASE);
	const files = existsSync(folder) ? readdirSync(folder) : [];
	const file = files.find((name) => /^[0-9a-f]+\.sqlite$/.test(name));
	if (file === undefined) throw new Error(`no D1 database in ${folder}`);
	const database = new DatabaseSync(join(folder, file), { readOnly: true });
	try {
		const rows = database.prepare(sql).all(...values);
		// Plain objects, which compare and print as any other.
		return rows.map((row) => ({ ...row }) as Row);
	} finally {
		database.close();
	}
}
