-- Orders whose money went back, closed, failed or cancelled, for the worklist: a refund can bounce days
-- later, and then the buyer has neither the seats nor the money.
CREATE INDEX orders_returned ON orders (created_at DESC)
	WHERE (status = 'REFUNDED' OR payment_status = 'refunded');
