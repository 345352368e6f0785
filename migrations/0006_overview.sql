-- What the overview asks of all orders at once is answered from these alone.
CREATE INDEX IF NOT EXISTS orders_sums ON orders (event_id, currency, status, amount);
CREATE INDEX IF NOT EXISTS orders_without_mail ON orders (updated_at)
	WHERE status = 'CONFIRMED' AND email IS NOT NULL AND mail_id IS NULL;
