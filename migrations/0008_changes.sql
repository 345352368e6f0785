-- The audit becomes a chain (shared/audit-chain.ts). Its one writer, the object Audit, chains the
-- rows of before in the order of their time when it first appends one.
ALTER TABLE audit ADD COLUMN ticket_ref TEXT;
ALTER TABLE audit ADD COLUMN change_id TEXT;    -- the change (object Change) that it belongs to
ALTER TABLE audit ADD COLUMN preview TEXT;      -- JSON array of sentences: what the operator was shown
ALTER TABLE audit ADD COLUMN approvals TEXT;    -- JSON array of decisions
ALTER TABLE audit ADD COLUMN seq INTEGER;       -- place in the chain, from 1
ALTER TABLE audit ADD COLUMN prev_hash TEXT;
ALTER TABLE audit ADD COLUMN hash TEXT;

-- Not unique: a forged row must not keep the true one from being written. The chain tells them apart.
CREATE INDEX audit_by_seq ON audit (seq);
CREATE INDEX audit_by_change ON audit (change_id, seq);
CREATE INDEX audit_by_actor ON audit (actor, seq DESC);
CREATE INDEX audit_by_action ON audit (action, seq DESC);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit WHEN OLD.seq IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- What of an order's money was given back so far, minor units.
ALTER TABLE orders ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0;
UPDATE orders SET refunded = amount WHERE status = 'REFUNDED';
