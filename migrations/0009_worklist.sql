-- What ops staff say about items of the worklist (console/lib/worklist). An item itself is found anew
-- by each reading and stored nowhere; its marks are kept under its name and only ever added to.
CREATE TABLE worklist_marks (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	item TEXT NOT NULL,            -- <kind>:<seat|order|invocation|deployment>:<id>
	at INTEGER NOT NULL,           -- ms since the epoch
	actor TEXT NOT NULL,
	role TEXT NOT NULL,
	act TEXT NOT NULL,             -- assign | snooze | resolve | reopen
	assignee TEXT,                 -- of assign; NULL gives it back to nobody
	until INTEGER,                 -- of snooze
	reason TEXT,
	fingerprint TEXT NOT NULL,     -- what the item stood on: resolved only while that is so
	request_id TEXT
);
CREATE INDEX worklist_marks_by_item ON worklist_marks (item, seq);

CREATE TRIGGER worklist_marks_stay BEFORE UPDATE ON worklist_marks
BEGIN SELECT RAISE(ABORT, 'marks of the worklist are never changed'); END;
CREATE TRIGGER worklist_marks_remain BEFORE DELETE ON worklist_marks
BEGIN SELECT RAISE(ABORT, 'marks of the worklist are never deleted'); END;

-- The few orders that the worklist looks at, each found without reading the others.
CREATE INDEX orders_mail_due ON orders (updated_at)
	WHERE mail_id IS NULL AND email IS NOT NULL AND status <> 'OPEN';
CREATE INDEX orders_unpaid ON orders (updated_at)
	WHERE status = 'CONFIRMED' AND payment_status IS NOT 'succeeded';
CREATE INDEX orders_unsettled ON orders (updated_at)
	WHERE status IN ('FAILED', 'CANCELLED') AND payment_status IS NOT 'canceled'
		AND payment_status IS NOT 'refunded'
		AND (payment_intent IS NOT NULL OR substr(reason, 1, 15) IS NOT 'Payment Failed:'
			OR instr(reason, 'no answer in time') > 0);
