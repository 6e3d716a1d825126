-- Anybody contributes: layers with rules, states and revisions, consent, receipts, decisions, a journal.

ALTER TABLE layer ADD COLUMN rules        TEXT NOT NULL DEFAULT '';
ALTER TABLE layer ADD COLUMN discussion   TEXT;
-- Lists separated by commas; an empty list of themes or languages sets no condition.
ALTER TABLE layer ADD COLUMN kinds        TEXT NOT NULL DEFAULT 'place,memory,encounter' CHECK (kinds <> '');
ALTER TABLE layer ADD COLUMN themes       TEXT NOT NULL DEFAULT '';
ALTER TABLE layer ADD COLUMN languages    TEXT NOT NULL DEFAULT '';
ALTER TABLE layer ADD COLUMN release      TEXT NOT NULL DEFAULT 'at-once' CHECK (release IN ('at-once', 'daily'));
-- Days that a contribution stays public; NULL for as long as the layer.
ALTER TABLE layer ADD COLUMN retention    INTEGER CHECK (retention > 0);
ALTER TABLE layer ADD COLUMN is_indexable INTEGER NOT NULL DEFAULT 0 CHECK (is_indexable IN (0, 1));

-- Made anew, since a CHECK cannot be changed: contribution now has more states than two.
CREATE TABLE contribution_with_states (
    number     INTEGER PRIMARY KEY,
    public_id  BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    layer      INTEGER NOT NULL REFERENCES layer (number),
    state      TEXT NOT NULL CHECK (state IN ('pending', 'published', 'rejected', 'hidden')),
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
    precision  TEXT NOT NULL CHECK (precision IN ('exact', 'about', 'wide', 'none')),
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
    handle     BLOB UNIQUE CHECK (length(handle) = 16)
) STRICT;
INSERT INTO contribution_with_states (number, public_id, layer, state, kind, title, text, themes, "when", language,
                                      author, licence, precision, geometry, properties, was_public)
SELECT number, public_id, layer, state, kind, title, text, themes, "when", language, author, licence,
       precision, geometry, properties, state = 'published' FROM contribution;
DROP TABLE contribution;
ALTER TABLE contribution_with_states RENAME TO contribution;
CREATE INDEX contribution_by_layer ON contribution (layer);
CREATE INDEX contribution_waiting ON contribution (layer, state, public_id) WHERE state <> 'published';
CREATE INDEX contribution_release ON contribution (release_at) WHERE release_at IS NOT NULL;
CREATE INDEX contribution_expiry ON contribution (expires_at) WHERE expires_at IS NOT NULL;

-- What the author has changed and nobody has reviewed yet, while the version before stays as it is.
CREATE TABLE proposal (
    contribution INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    themes     TEXT NOT NULL,
    "when"     TEXT,
    language   TEXT,
    author     TEXT,
    licence    TEXT,
    precision  TEXT NOT NULL CHECK (precision IN ('exact', 'about', 'wide', 'none')),
    geometry   BLOB CHECK ((geometry IS NOT NULL) = (precision = 'exact')),
    cell       TEXT CHECK ((cell IS NOT NULL) = (precision IN ('about', 'wide'))),
    properties TEXT NOT NULL CHECK (substr(properties, 1, 1) = '{')
) STRICT;

-- Seconds since 1970 UTC from which a public feature is not public any more.
ALTER TABLE published_feature ADD COLUMN expires_at INTEGER;
-- Metres of the side of the cell that shows in place of a position; 0 for a position itself. Distances are
-- whole numbers of it.
ALTER TABLE published_feature ADD COLUMN cell_side INTEGER NOT NULL DEFAULT 0 CHECK (cell_side >= 0);

-- What a person keeps in hand, as hashes.
CREATE TABLE receipt (
    contribution INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    code_hash    BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32)
) STRICT;

-- Proof of what somebody has agreed to. It outlives the contribution, and then says of nobody what.
CREATE TABLE consent (
    number       INTEGER PRIMARY KEY,
    handle       BLOB NOT NULL CHECK (length(handle) = 16),
    purpose      TEXT NOT NULL CHECK (purpose IN ('publish', 'partners', 'licence')),
    text_version TEXT NOT NULL,
    given_at     INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX consent_by_handle ON consent (handle);

-- Codes with which a layer for the invited is contributed to.
CREATE TABLE invitation (
    number     INTEGER PRIMARY KEY,
    public_id  BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    layer      INTEGER NOT NULL REFERENCES layer (number),
    code_hash  BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    is_revoked INTEGER NOT NULL DEFAULT 0 CHECK (is_revoked IN (0, 1))
) STRICT;

-- What was sent once already, for a day: the same again is answered as the first time.
CREATE TABLE idempotency (
    key_hash     BLOB PRIMARY KEY CHECK (length(key_hash) = 32),
    body_hash    BLOB NOT NULL CHECK (length(body_hash) = 32),
    contribution INTEGER NOT NULL REFERENCES contribution (number) ON DELETE CASCADE,
    expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_by_contribution ON idempotency (contribution);
CREATE INDEX idempotency_expiry ON idempotency (expires_at);

CREATE TABLE access_token (
    number     INTEGER PRIMARY KEY,
    public_id  BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    role       TEXT NOT NULL CHECK (role IN ('curator', 'partner', 'operator')),
    layer      INTEGER REFERENCES layer (number),
    hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    is_revoked INTEGER NOT NULL DEFAULT 0 CHECK (is_revoked IN (0, 1))
) STRICT;

-- What was decided about a contribution and why, for its author; forgotten with it.
CREATE TABLE decision (
    number       INTEGER PRIMARY KEY,
    contribution INTEGER NOT NULL REFERENCES contribution (number) ON DELETE CASCADE,
    revision     INTEGER NOT NULL,
    decision     TEXT NOT NULL,
    reasons      TEXT NOT NULL
) STRICT;
CREATE INDEX decision_by_contribution ON decision (contribution);

-- Every act of those who look after the layers, each bound to the one before by a hash. It names contributions by
-- the hash of their ids and holds no words of anybody.
CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    moment   INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    act      TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
-- REPLACE takes out what is in its way without asking the guard against that.
CREATE TRIGGER journal_is_never_overwritten BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;

-- Hashes of the ids of what must never come back, for a store restored from before it was forgotten.
CREATE TABLE erased (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32)
) STRICT, WITHOUT ROWID;

-- The random key of this instance.
CREATE TABLE instance (
    singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
    key       BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
INSERT INTO instance (singleton, key) VALUES (1, randomblob(32));
