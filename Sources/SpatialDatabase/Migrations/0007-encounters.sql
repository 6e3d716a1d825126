-- Encounter points: when they are alive, what is asked and revealed there, the codes on their walls, and what has been
-- contributed from them.

-- What a curator has set; a point without a row is alive at all hours and reveals nothing.
CREATE TABLE encounter (
    contribution INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    -- Windows as JSON; NULL for all hours.
    hours    TEXT CHECK (substr(hours, 1, 1) = '{'),
    prompt   TEXT NOT NULL DEFAULT '',
    -- Shown through a code only. No public table has it, and nothing that is indexed.
    reveals  TEXT CHECK (substr(reveals, 1, 1) = '{'),
    -- NULL where the clock alone decides: alive and asleep are never stored.
    standing TEXT CHECK (standing IN ('moved', 'stolen', 'retired'))
) STRICT;

-- Codes that open something, as hashes keyed with the instance's key. One that was replaced or retired has no row:
-- nothing tells it from one that never was.
CREATE TABLE encounter_code (
    number       INTEGER PRIMARY KEY,
    public_id    BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    contribution INTEGER NOT NULL REFERENCES contribution (number) ON DELETE CASCADE,
    -- For curators: on which wall it is.
    label        TEXT NOT NULL,
    code_hash    BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32)
) STRICT;
CREATE INDEX encounter_code_by_contribution ON encounter_code (contribution);

-- From which point something was contributed. Nothing says when, in which order, by which code or by whom.
CREATE TABLE encounter_tie (
    contribution INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    point        INTEGER NOT NULL REFERENCES contribution (number) ON DELETE CASCADE
) STRICT;
CREATE INDEX encounter_tie_by_point ON encounter_tie (point);
