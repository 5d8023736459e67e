-- Answers given to requests of the JSON API that carried an idempotency key. Kept for 24 hours.
CREATE TABLE idempotent_requests (
    token_id     UUID                     NOT NULL,
    -- SHA-256 of the key, base64url
    key_hash     VARCHAR(43)              NOT NULL,
    -- SHA-256 of method, path and content, base64url
    request_hash VARCHAR(43)              NOT NULL,
    taken_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    -- 0 while the first request is under way
    status       INTEGER                  NOT NULL,
    location     VARCHAR(2000),
    content_type VARCHAR(200),
    body         BYTEA,
    PRIMARY KEY (token_id, key_hash)
);
