-- The seats of each order, one row a seat, so that a seat leads to its orders by an index.
CREATE TABLE order_seats (
	seat TEXT NOT NULL,
	order_id TEXT NOT NULL,
	PRIMARY KEY (seat, order_id)
) WITHOUT ROWID;

INSERT INTO order_seats (seat, order_id)
SELECT DISTINCT seats.value, orders.id FROM orders, json_each(orders.seats) AS seats;

-- The list of orders goes by when they were opened, which never changes.
CREATE INDEX orders_by_time ON orders (created_at DESC, id DESC);
CREATE INDEX orders_by_status ON orders (status, created_at DESC, id DESC);
CREATE INDEX orders_of_event_by_time ON orders (event_id, created_at DESC, id DESC);
