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

-- What a reading of the seats found changed, as JSON [[at, seat index, status code], …]; a long list
-- is kept in parts. `version` is the picture's after it (shared/occupancy.ts).
CREATE TABLE occupancy_changes (
	event_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	part INTEGER NOT NULL,
	first_at INTEGER NOT NULL,     -- of the oldest change in it
	n INTEGER NOT NULL,            -- changes in it
	changes TEXT NOT NULL,
	PRIMARY KEY (event_id, version, part)
);

-- The whole picture at one moment, from which the changes after it are replayed.
CREATE TABLE occupancy_frames (
	event_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	at INTEGER NOT NULL,           -- when the seats were read
	codes TEXT NOT NULL,           -- one digit a seat
	PRIMARY KEY (event_id, version)
);
CREATE INDEX occupancy_frames_by_time ON occupancy_frames (event_id, at);
