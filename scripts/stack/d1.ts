import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { keptBuild } from './kept-build.ts';
import { run } from './run.ts';
import type { Settings } from './settings.ts';

const STORE = 'workers/v3/d1';
const DATABASE = `${STORE}/miniflare-D1DatabaseObject`;

/** Applies the D1 migrations that the data folder does not have yet. */
export async function applyMigrations({ dataDir }: Settings): Promise<void> {
	const store = join(dataDir, STORE);
	if (existsSync(store)) {
		await migrate(join(dataDir, 'workers'));
		return;
	}
	const blank = await keptBuild(
		'd1',
		['migrations', 'wrangler.toml', 'package-lock.json'],
		migrate
	);
	cpSync(join(blank, 'v3/d1'), store, { recursive: true });
}

/** Wrangler knows which migrations a database has. */
async function migrate(folder: string): Promise<void> {
	await run('wrangler', ['d1', 'migrations', 'apply', 'nexus', '--local', '--persist-to', folder], {
		WRANGLER_SEND_METRICS: 'false',
		WRANGLER_LOG_PATH: join(folder, 'logs'),
		CI: 'true'
	});
}

/**
 * Reads a stack's D1, running or not, from the file that workerd keeps it in.
 *
 * @throws when the data folder holds no database
 */
export function queryD1<Row>(dataDir: string, sql: string, ...values: SQLInputValue[]): Row[] {
	const database = new DatabaseSync(d1File(dataDir), { readOnly: true });
	try {
		const rows = database.prepare(sql).all(...values);
		// Plain objects, which compare and print as any other.
		return rows.map((row) => ({ ...row }) as Row);
	} finally {
		database.close();
	}
}

/** The file that workerd keeps a stack's D1 in. @throws when the data folder holds none */
export function d1File(dataDir: string): string {
	const folder = join(dataDir, DATABASE);
	const files = existsSync(folder) ? readdirSync(folder) : [];
	const file = files.find((name) => /^[0-9a-f]+\.sqlite$/.test(name));
	if (file === undefined) throw new Error(`no D1 database in ${folder}`);
	return join(folder, file);
}
