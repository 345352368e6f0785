-- The durable series of an event's occupancy (shared/occupancy.ts): counts at the end of a step,
-- transitions within it.
CREATE TABLE occupancy_series (
	event_id TEXT NOT NULL,
	step INTEGER NOT NULL,         -- seconds: 1 | 10 | 60
	at INTEGER NOT NULL,           -- when the step began, ms since the epoch
	available INTEGER NOT NULL,
	held INTEGER NOT NULL,
	sold INTEGER NOT NULL,
	overdue INTEGER NOT NULL,
	reserved INTEGER NOT NULL,
	confirmed INTEGER NOT NULL,
	released INTEGER NOT NULL,
	expired INTEGER NOT NULL,
	PRIMARY KEY (event_id, step, at)
) WITHOUT ROWID;
