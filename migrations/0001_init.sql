-- Published events. The layout (see shared/venue.ts) is kept in parts because a D1 value holds
-- at most 2 MB; a revision's parts never change once written.
CREATE TABLE events (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	revision INTEGER NOT NULL,
	currency TEXT NOT NULL,
	seats INTEGER NOT NULL,
	on_sale INTEGER NOT NULL DEFAULT 1,
	ticket_limit INTEGER,          -- most tickets a user may have; NULL for no limit
	published_at INTEGER NOT NULL
);

CREATE TABLE layouts (
	event_id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	part INTEGER NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (event_id, revision, part)
);

-- One row an order, upserted by the checkout's one-way notification path.
CREATE TABLE orders (
	id TEXT PRIMARY KEY,
	invocation_id TEXT NOT NULL,
	event_id TEXT NOT NULL,
	user_id TEXT NOT NULL,
	email TEXT,
	seats TEXT NOT NULL,           -- JSON array of seat keys
	amount INTEGER NOT NULL,       -- minor units
	currency TEXT NOT NULL,
	status TEXT NOT NULL,          -- OPEN | CONFIRMED | FAILED | CANCELLED | REFUNDED
	payment_intent TEXT,
	reason TEXT,
	mail_id TEXT,
	created_at INTEGER NOT NULL,   -- ms since the epoch
	updated_at INTEGER NOT NULL
);
CREATE INDEX orders_by_user ON orders (user_id, updated_at DESC);
CREATE INDEX orders_by_email ON orders (email, updated_at DESC);
CREATE INDEX orders_by_event ON orders (event_id, updated_at DESC);
CREATE INDEX orders_by_payment ON orders (payment_intent);
CREATE INDEX orders_by_invocation ON orders (invocation_id);

-- Worker log lines, exceptions and outcomes, written by the tail Worker (shared/log-row.ts).
CREATE TABLE logs (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,           -- ms since the epoch
	invocation_id TEXT,
	service TEXT,
	handler TEXT,
	key TEXT,
	kind TEXT NOT NULL,            -- line | exception | outcome
	level TEXT NOT NULL,           -- debug | info | warn | error
	message TEXT NOT NULL,
	fields TEXT,                   -- JSON object
	outcome TEXT,
	cpu_ms INTEGER,
	wall_ms INTEGER
);
CREATE INDEX logs_by_invocation ON logs (invocation_id, id);
CREATE INDEX logs_by_time ON logs (at);
CREATE INDEX logs_by_level ON logs (level, at);

-- Append-only record of operator actions; `id` is the Operations invocation, so a retried
-- handler cannot write its record twice.
CREATE TABLE audit (
	id TEXT PRIMARY KEY,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	role TEXT NOT NULL,
	action TEXT NOT NULL,
	target TEXT NOT NULL,
	reason TEXT NOT NULL,
	before TEXT,                   -- JSON
	after TEXT,                    -- JSON
	outcome TEXT NOT NULL,         -- done | refused
	invocation_ids TEXT NOT NULL,  -- JSON array
	request_id TEXT
);
CREATE INDEX audit_by_target ON audit (target, at DESC);
CREATE INDEX audit_by_time ON audit (at DESC);
