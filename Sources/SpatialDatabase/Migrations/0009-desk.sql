-- The desk: tokens that end by themselves and have a name for people, and which layer an act was about.

-- Seconds since 1970 UTC from which it opens nothing any more; NULL for never.
ALTER TABLE access_token ADD COLUMN expires_at INTEGER;
-- By which those who look after the layers know it; the name of a role or a person, as they like. Forgotten when it is
-- revoked.
ALTER TABLE access_token ADD COLUMN label TEXT NOT NULL DEFAULT '';

-- The id of the layer that an act was about, where it was about one; bound into the hash of the entry where there is one.
ALTER TABLE journal ADD COLUMN layer TEXT;
CREATE INDEX journal_by_layer ON journal (layer, sequence) WHERE layer IS NOT NULL;
