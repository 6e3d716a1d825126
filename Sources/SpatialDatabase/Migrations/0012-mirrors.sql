-- Layers that are copies of what another server publishes.

CREATE TABLE mirror (
    layer  INTEGER PRIMARY KEY REFERENCES layer (number) ON DELETE CASCADE,
    -- The address of the collection there.
    source TEXT NOT NULL,
    -- How far it has been read, in JSON.
    state  TEXT NOT NULL
) STRICT;

-- What each page said when it was read last, so that it is asked for only if it has changed.
CREATE TABLE mirror_page (
    layer   INTEGER NOT NULL REFERENCES mirror (layer) ON DELETE CASCADE,
    place   INTEGER NOT NULL CHECK (place >= 0),
    address TEXT NOT NULL,
    tag     TEXT,
    next    TEXT,
    PRIMARY KEY (layer, place)
) STRICT, WITHOUT ROWID;

-- Which contribution of ours stands for which feature of theirs, over all updates.
CREATE TABLE mirrored_feature (
    layer        INTEGER NOT NULL REFERENCES mirror (layer) ON DELETE CASCADE,
    -- A hash of their id.
    outside      BLOB NOT NULL CHECK (length(outside) = 16),
    -- NULL for what was erased here: it does not come back.
    contribution INTEGER UNIQUE REFERENCES contribution (number) ON DELETE SET NULL,
    -- Of what was read last.
    digest       BLOB NOT NULL CHECK (length(digest) = 16),
    page         INTEGER NOT NULL,
    PRIMARY KEY (layer, outside)
) STRICT, WITHOUT ROWID;
