import type { SqlStorage } from '@cloudflare/workers-types';

/** The ledger's tables. `seq` is the order of creation, which lists and searches go by. */
export const LEDGER_SCHEMA = `
CREATE TABLE IF NOT EXISTS intents (
	seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS intents_by_status ON intents (status, seq);

CREATE TABLE IF NOT EXISTS intent_metadata (
	key TEXT NOT NULL, value TEXT NOT NULL, intent INTEGER NOT NULL,
	PRIMARY KEY (key, value, intent)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS refunds (
	seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, intent TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS refunds_by_intent ON refunds (intent, seq);

CREATE TABLE IF NOT EXISTS emails (
	seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL
);

-- Every executed request. Answer and parameters go after the key's lifetime; the record stays.
CREATE TABLE IF NOT EXISTS calls (
	seq INTEGER PRIMARY KEY, gateway TEXT NOT NULL, endpoint TEXT NOT NULL, operation TEXT NOT NULL,
	key TEXT, object TEXT, at INTEGER NOT NULL, ready_at INTEGER NOT NULL, status INTEGER NOT NULL,
	requests INTEGER NOT NULL DEFAULT 1, parameters TEXT, answer TEXT
);
CREATE INDEX IF NOT EXISTS calls_by_key ON calls (gateway, key, at) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS calls_to_prune ON calls (at) WHERE answer IS NOT NULL;

CREATE TABLE IF NOT EXISTS faults (gateway TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
`;

const LEDGER_TABLES = ['intents', 'intent_metadata', 'refunds', 'emails', 'calls'];

/** Empties the ledger; the fault plan stays. */
export function clearLedger(sql: SqlStorage): void {
	for (const table of LEDGER_TABLES) sql.exec(`DELETE FROM ${table}`);
}
