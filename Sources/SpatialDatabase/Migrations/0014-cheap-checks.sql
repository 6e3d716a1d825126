-- For each row, SQLite makes a table of every IN with more than two members: written as ORs, the checks cost nothing.

-- Made anew, since a CHECK cannot be changed.
CREATE TABLE contribution_checked_cheaply (
    number     INTEGER PRIMARY KEY,
    public_id  BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    layer      INTEGER NOT NULL REFERENCES layer (number),
    state      TEXT NOT NULL CHECK (
        state = 'published' OR state = 'pending' OR state = 'rejected' OR state = 'hidden' OR state = 'asked'
        OR state = 'awaiting-parent'),
    revision   INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    -- Separated by commas, which no theme holds.
    themes     TEXT NOT NULL,
    "when"     TEXT,
    language   TEXT,
    author     TEXT,
    licence    TEXT,
    precision  TEXT NOT NULL CHECK (
        precision = 'exact' OR precision = 'about' OR precision = 'wide' OR precision = 'none'),
    -- A position exists only where the person chose it to be seen.
    geometry   BLOB CHECK ((geometry IS NOT NULL) = (precision = 'exact')),
    cell       TEXT CHECK ((cell IS NOT NULL) = (precision IN ('about', 'wide'))),
    properties TEXT NOT NULL CHECK (substr(properties, 1, 1) = '{'),
    -- The month in which it first became public, such as 2026-11.
    month      TEXT,
    -- Seconds since 1970 UTC: published but not public before, or not public any more from then on.
    release_at INTEGER,
    expires_at INTEGER,
    -- Whether its id has ever been public, so that its withdrawal is news.
    was_public INTEGER NOT NULL DEFAULT 0 CHECK (was_public IN (0, 1)),
    -- Whether under its id it has ever shown more finely than it stands: shown so again, it goes by a new one.
    was_finer  INTEGER NOT NULL DEFAULT 0 CHECK (was_finer IN (0, 1)),
    -- Seconds since 1970 UTC at which its state was last changed; retention counts from it. Never public.
    state_since INTEGER NOT NULL DEFAULT 0,
    -- Who took it out of sight; only they bring it back.
    hidden_by  TEXT CHECK ((hidden_by IS NOT NULL) = (state = 'hidden') AND hidden_by IN ('author', 'curator')),
    -- Ties it to the proof of consent and to nothing else; NULL for what an operator has imported.
    handle     BLOB UNIQUE CHECK (length(handle) = 16),
    -- What stands and waits all the same: for the review of a change, or because its author contests a decision.
    awaits_review INTEGER NOT NULL DEFAULT 0 CHECK (awaits_review IN (0, 1))
) STRICT;
INSERT INTO contribution_checked_cheaply (
    number, public_id, layer, state, revision, kind, title, text, themes, "when", language, author, licence, precision,
    geometry, cell, properties, month, release_at, expires_at, was_public, was_finer, state_since, hidden_by, handle, awaits_review)
SELECT
    number, public_id, layer, state, revision, kind, title, text, themes, "when", language, author, licence, precision,
    geometry, cell, properties, month, release_at, expires_at, was_public, was_finer, state_since, hidden_by, handle, awaits_review
FROM contribution;
DROP TABLE contribution;
ALTER TABLE contribution_checked_cheaply RENAME TO contribution;
CREATE INDEX contribution_by_layer ON contribution (layer);
CREATE INDEX contribution_waiting ON contribution (layer, state, public_id) WHERE state <> 'published';
CREATE INDEX contribution_release ON contribution (release_at) WHERE release_at IS NOT NULL;
CREATE INDEX contribution_expiry ON contribution (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX contribution_queue ON contribution (layer, public_id) WHERE state = 'pending' OR awaits_review = 1;
