-- Review: what waits in one index, questions and answers, grounds, notices of what was erased, pauses.

-- What stands and waits all the same: for the review of a change, or because its author contests a decision.
ALTER TABLE contribution ADD COLUMN awaits_review INTEGER NOT NULL DEFAULT 0 CHECK (awaits_review IN (0, 1));
UPDATE contribution SET awaits_review = 1 WHERE number IN (SELECT contribution FROM proposal);
CREATE INDEX contribution_queue ON contribution (layer, public_id) WHERE state = 'pending' OR awaits_review = 1;

-- What a curator has asked and what the author says to it, or to a decision; for these two only, forgotten with it.
CREATE TABLE inquiry (
    contribution INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    question     TEXT,
    answer       TEXT,
    CHECK (question IS NOT NULL OR answer IS NOT NULL)
) STRICT;

-- What a restriction rests on.
ALTER TABLE decision ADD COLUMN ground TEXT NOT NULL DEFAULT 'rules' CHECK (ground IN ('rules', 'law'));

-- Why a curator has erased something, for whoever still holds its receipt. It holds no word of what was given.
CREATE TABLE erasure_notice (
    number     INTEGER PRIMARY KEY,
    -- A hash of the id that it had.
    subject    BLOB NOT NULL CHECK (length(subject) = 32),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    code_hash  BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    revision   INTEGER NOT NULL,
    reasons    TEXT NOT NULL,
    ground     TEXT NOT NULL CHECK (ground IN ('rules', 'law')),
    -- Seconds since 1970 UTC; retention counts from it.
    decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX erasure_notice_age ON erasure_notice (decided_at);

-- Whether the layer takes nothing for now, and why, for those who look after it.
ALTER TABLE layer ADD COLUMN is_paused     INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1));
ALTER TABLE layer ADD COLUMN pause_reasons TEXT NOT NULL DEFAULT '';
