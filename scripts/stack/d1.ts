import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { run } from './run.ts';
import type { Settings } from './settings.ts';

const STORE = 'workers/v3/d1';
const DATABASE = `${STORE}/miniflare-D1DatabaseObject`;

/**
 * The files of a database with every migration and no row, by path. Wrangler takes seconds, so a
 * process that starts several stacks has it migrate only the first fresh folder.
 */
let blank: Map<string, Uint8Array> | undefined;

/** Applies the D1 migrations that the data folder does not have yet. */
export async function applyMigrations({ dataDir }: Settings): Promise<void> {
	const store = join(dataDir, STORE);
	const fresh = !existsSync(store);
	if (fresh && blank !== undefined) {
		writeFiles(store, blank);
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
	if (fresh) blank = readFiles(store);
}

function readFiles(folder: string): Map<string, Uint8Array> {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	return new Map(
		files.map(({ parentPath, name }) => {
			const path = join(parentPath, name);
			return [relative(folder, path), readFileSync(path)];
		})
	);
}

function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
	for (const [path, content] of files) {
		const file = join(folder, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, content);
	}
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
