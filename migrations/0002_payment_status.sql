-- What the gateway says of the order's money, as far as it is known.
ALTER TABLE orders ADD COLUMN payment_status TEXT;  -- requires_capture | succeeded | canceled | refunded
