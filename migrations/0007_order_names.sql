-- Whoever searches for a buyer types the name as they hear it: letters' case does not matter.
DROP INDEX orders_by_email;
CREATE INDEX orders_by_email ON orders (email COLLATE NOCASE, updated_at DESC);
CREATE INDEX orders_by_user_name ON orders (user_id COLLATE NOCASE, updated_at DESC);
