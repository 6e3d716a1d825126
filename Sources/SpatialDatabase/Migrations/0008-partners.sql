-- Sites that frame maps of ours, the maps that they show, and what they have agreed to show.

CREATE TABLE partner (
    number    INTEGER PRIMARY KEY,
    public_id BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    name      TEXT NOT NULL CHECK (name <> ''),
    is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1))
) STRICT;

-- Exactly as browsers name them: https://theatre.example, with a port only when it is not the usual one.
CREATE TABLE partner_origin (
    partner INTEGER NOT NULL REFERENCES partner (number) ON DELETE CASCADE,
    origin  TEXT NOT NULL CHECK (origin GLOB 'http*://?*' AND origin NOT GLOB '*[*A-Z @?#]*' AND origin NOT GLOB '*[./]'),
    PRIMARY KEY (partner, origin)
) STRICT, WITHOUT ROWID;

-- A closed one keeps its row, so that its key never means another map.
CREATE TABLE embed (
    number              INTEGER PRIMARY KEY,
    key                 BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    partner             INTEGER NOT NULL REFERENCES partner (number),
    layer               INTEGER NOT NULL REFERENCES layer (number) ON DELETE CASCADE,
    title               TEXT NOT NULL,
    -- A polygon as our own blob, of a box its corners; NULL for anywhere.
    region              BLOB,
    region_is_box       INTEGER NOT NULL DEFAULT 0 CHECK (region_is_box IN (0, 1)),
    -- Lists separated by commas; an empty list sets no condition.
    kinds               TEXT NOT NULL,
    themes              TEXT NOT NULL,
    period              TEXT,
    style               TEXT,
    -- Such as accent=#0a6e4d, separated by commas.
    colours             TEXT NOT NULL,
    language            TEXT,
    list                TEXT NOT NULL CHECK (list IN ('only', 'both', 'none')),
    takes_contributions INTEGER NOT NULL CHECK (takes_contributions IN (0, 1)),
    -- What is cleared as it comes; NULL both where the partner looks at each.
    standing_kinds      TEXT,
    standing_themes     TEXT CHECK ((standing_kinds IS NULL) = (standing_themes IS NULL)),
    is_closed           INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1))
) STRICT;
CREATE INDEX embed_by_layer ON embed (layer);
CREATE INDEX embed_by_partner ON embed (partner);

-- What a partner has agreed to show, in exactly this form. A public face that changes is another row, so that no
-- clearance survives the form that it was given for.
CREATE TABLE clearance (
    embed   INTEGER NOT NULL REFERENCES embed (number) ON DELETE CASCADE,
    feature INTEGER NOT NULL REFERENCES published_feature (number) ON DELETE CASCADE,
    form    BLOB NOT NULL CHECK (length(form) = 16),
    PRIMARY KEY (embed, feature)
) STRICT, WITHOUT ROWID;
CREATE INDEX clearance_by_feature ON clearance (feature);

-- What a partner does not want to show, in whatever form.
CREATE TABLE clearance_refusal (
    embed        INTEGER NOT NULL REFERENCES embed (number) ON DELETE CASCADE,
    contribution INTEGER NOT NULL REFERENCES contribution (number) ON DELETE CASCADE,
    PRIMARY KEY (embed, contribution)
) STRICT, WITHOUT ROWID;
CREATE INDEX clearance_refusal_by_contribution ON clearance_refusal (contribution);

-- Of a partner's token.
ALTER TABLE access_token ADD COLUMN partner INTEGER REFERENCES partner (number);

-- Whether its author agrees that partners show it; so does who imports it, having no receipt to say otherwise with.
ALTER TABLE published_feature ADD COLUMN for_partners INTEGER NOT NULL DEFAULT 0 CHECK (for_partners IN (0, 1));
UPDATE published_feature SET for_partners = 1 WHERE number IN (
    SELECT number FROM contribution WHERE handle IS NULL OR EXISTS (
        SELECT 1 FROM consent
        WHERE consent.handle = contribution.handle AND purpose = 'partners' AND withdrawn_at IS NULL));
CREATE INDEX published_feature_reserved ON published_feature (layer) WHERE for_partners = 0;
