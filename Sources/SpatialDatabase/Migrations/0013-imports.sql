-- Files that were brought in: so that the same file can come again, and the last one be taken back.

CREATE TABLE import_run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    layer  INTEGER NOT NULL REFERENCES layer (number) ON DELETE CASCADE
) STRICT;
CREATE INDEX import_run_by_layer ON import_run (layer, number);

-- What stands as an import has brought it, or did. It goes with its contribution.
CREATE TABLE imported_feature (
    contribution INTEGER PRIMARY KEY REFERENCES contribution (number) ON DELETE CASCADE,
    -- NULL once that import was taken back and this was kept.
    added_in     INTEGER REFERENCES import_run (number) ON DELETE SET NULL,
    -- The last import that has changed it; NULL for none.
    changed_in   INTEGER REFERENCES import_run (number) ON DELETE SET NULL,
    -- Of what the file said last.
    digest       BLOB NOT NULL CHECK (length(digest) = 16)
) STRICT;
CREATE INDEX imported_feature_by_run ON imported_feature (added_in);
CREATE INDEX imported_feature_by_change ON imported_feature (changed_in) WHERE changed_in IS NOT NULL;

-- Which contribution of ours stands for which record of a file, over all imports of it.
CREATE TABLE import_key (
    layer        INTEGER NOT NULL REFERENCES layer (number) ON DELETE CASCADE,
    -- Hashes of the source's name and of the record's key, keyed with the instance's key.
    source       BLOB NOT NULL CHECK (length(source) = 16),
    outside      BLOB NOT NULL CHECK (length(outside) = 16),
    -- NULL for what was erased here: it does not come back.
    contribution INTEGER UNIQUE REFERENCES contribution (number) ON DELETE SET NULL,
    PRIMARY KEY (layer, source, outside)
) STRICT, WITHOUT ROWID;
