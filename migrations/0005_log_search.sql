-- What the log page reads by, beside the time and the level: a service's rows of one level, and an
-- object's rows. Each newest first.
CREATE INDEX logs_by_service ON logs (service, level, at);
CREATE INDEX logs_by_key ON logs (key, at) WHERE key IS NOT NULL;
