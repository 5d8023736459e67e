-- Every request with a key deletes what is older than a day.
CREATE INDEX idempotent_requests_by_time ON idempotent_requests (taken_at);
