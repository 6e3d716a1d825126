-- Reports with receipts of their own; age bands, and what parents have agreed to.

CREATE TABLE report (
    number        INTEGER PRIMARY KEY,
    -- Its reference, by which the reporter and curators name it.
    public_id     BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    layer         INTEGER REFERENCES layer (number) ON DELETE SET NULL,
    contribution  INTEGER REFERENCES contribution (number) ON DELETE SET NULL,
    reason        TEXT NOT NULL CHECK (reason IN (
        'needs-source', 'false', 'not-here-any-more', 'personal-data', 'hateful', 'illegal', 'mine', 'other')),
    text          TEXT NOT NULL,
    contact       TEXT,
    is_good_faith INTEGER NOT NULL CHECK (is_good_faith IN (0, 1)),
    -- What the reporter keeps in hand, as hashes.
    token_hash    BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    code_hash     BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    -- Seconds since 1970 UTC.
    made_at       INTEGER NOT NULL,
    closed_at     INTEGER CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    -- 'gone': what was reported is not there any more, and nobody has decided.
    outcome       TEXT CHECK (outcome IN ('kept', 'acted', 'withdrawn-at-their-word', 'gone')),
    reasons       TEXT NOT NULL DEFAULT '' CHECK ((outcome IS NULL OR outcome = 'gone') = (reasons = '')),
    -- With what was reported goes every word about it.
    CHECK (contribution IS NOT NULL OR (text = '' AND contact IS NULL AND outcome IS NOT NULL))
) STRICT;
CREATE INDEX report_in_order ON report (layer, closed_at IS NOT NULL, number);
CREATE INDEX report_by_contribution ON report (contribution) WHERE contribution IS NOT NULL;
CREATE INDEX report_closed ON report (closed_at) WHERE closed_at IS NOT NULL;

-- How old who gave it is, where they have said so. Never public, and never a date.
CREATE TABLE age_band (
    contribution INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    band         TEXT NOT NULL CHECK (band IN ('under-15', '15-17', 'adult'))
) STRICT;

-- For everything given by somebody under 15, and for nothing else.
CREATE TABLE parent_agreement (
    contribution    INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    -- A group leader has attested that the agreements are held on paper; then there is no code.
    is_on_paper     INTEGER NOT NULL CHECK (is_on_paper IN (0, 1) AND is_on_paper = (code_hash IS NULL)),
    code_hash       BLOB UNIQUE CHECK (length(code_hash) = 32),
    -- Seconds since 1970 UTC until when the parent may answer; NULL while nothing waits for an answer.
    answer_by       INTEGER CHECK (answer_by IS NOT NULL OR agreed_at IS NOT NULL OR is_on_paper = 1),
    agreed_at       INTEGER,
    -- The revision that the parent has seen.
    agreed_revision INTEGER CHECK ((agreed_revision IS NULL) = (agreed_at IS NULL))
) STRICT;
CREATE INDEX parent_agreement_due ON parent_agreement (answer_by) WHERE answer_by IS NOT NULL;

ALTER TABLE invitation ADD COLUMN parents_on_paper INTEGER NOT NULL DEFAULT 0 CHECK (parents_on_paper IN (0, 1));

-- Made anew, since a CHECK cannot be changed: a parent's agreement is proven like the others.
CREATE TABLE consent_with_parents (
    number       INTEGER PRIMARY KEY,
    handle       BLOB NOT NULL CHECK (length(handle) = 16),
    purpose      TEXT NOT NULL CHECK (purpose IN ('publish', 'partners', 'licence', 'parent')),
    text_version TEXT NOT NULL,
    given_at     INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
INSERT INTO consent_with_parents (number, handle, purpose, text_version, given_at, withdrawn_at)
SELECT number, handle, purpose, text_version, given_at, withdrawn_at FROM consent;
DROP TABLE consent;
ALTER TABLE consent_with_parents RENAME TO consent;
CREATE INDEX consent_by_handle ON consent (handle);
