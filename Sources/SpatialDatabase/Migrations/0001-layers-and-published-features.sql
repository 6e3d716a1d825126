-- Two worlds of tables: what people gave (contribution) and what is public (published_…, change).
-- Public code reads the second only. Exact positions exist only where precision is 'exact'.

SELECT InitSpatialMetaData('WGS84');

CREATE TABLE layer (
    number            INTEGER PRIMARY KEY,
    identifier        TEXT NOT NULL UNIQUE
                      CHECK (length(identifier) BETWEEN 1 AND 64 AND identifier NOT GLOB '*[^a-z0-9-]*'),
    title             TEXT NOT NULL,
    description       TEXT NOT NULL,
    prompt            TEXT NOT NULL,
    opens             TEXT,
    closes            TEXT,
    review            TEXT NOT NULL CHECK (review IN ('before', 'after')),
    contributors      TEXT NOT NULL CHECK (contributors IN ('anyone', 'invited', 'curators')),
    default_precision TEXT NOT NULL CHECK (default_precision IN ('exact', 'about', 'wide', 'none')),
    finest_precision  TEXT NOT NULL CHECK (finest_precision IN ('exact', 'about', 'wide', 'none')),
    licence           TEXT
) STRICT;

CREATE TABLE contribution (
    number     INTEGER PRIMARY KEY,
    public_id  BLOB NOT NULL UNIQUE CHECK (length(public_id) = 16),
    layer      INTEGER NOT NULL REFERENCES layer (number),
    state      TEXT NOT NULL CHECK (state IN ('pending', 'published')),
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
    geometry   BLOB CHECK (geometry IS NULL OR precision = 'exact'),
    properties TEXT NOT NULL CHECK (substr(properties, 1, 1) = '{')
) STRICT;
CREATE INDEX contribution_by_layer ON contribution (layer);

-- Not STRICT: SpatiaLite adds a column whose type is GEOMETRY.
CREATE TABLE published_feature (
    number            INTEGER PRIMARY KEY REFERENCES contribution (number),
    public_id         BLOB NOT NULL UNIQUE CHECK (typeof(public_id) = 'blob' AND length(public_id) = 16),
    layer             INTEGER NOT NULL REFERENCES layer (number),
    kind              INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    time_start        INTEGER CHECK (typeof(time_start) IN ('integer', 'null')),
    time_end          INTEGER CHECK ((time_start IS NULL) = (time_end IS NULL) AND time_end >= time_start),
    -- The Hilbert key of the middle of the geometry's box on the WebMercator grid, 62 bits; 1 << 62 when it has none.
    hilbert_key       INTEGER NOT NULL CHECK (hilbert_key BETWEEN 0 AND 4611686018427387904),
    -- The feature's GeoJSON, encoded once, and where the value of "properties" begins in it.
    feature           BLOB NOT NULL CHECK (typeof(feature) = 'blob'),
    properties_offset INTEGER NOT NULL CHECK (properties_offset BETWEEN 1 AND length(feature))
);
SELECT AddGeometryColumn('published_feature', 'geometry', 4326, 'GEOMETRY', 'XY');
SELECT CreateSpatialIndex('published_feature', 'geometry');
CREATE INDEX published_feature_in_order ON published_feature (layer, hilbert_key, public_id);

-- With trusted_schema = OFF no trigger may name a SpatiaLite function or an R*Tree. The store writes
-- the spatial index itself, in the same transaction, and `lieudit check` compares the two.
DROP TRIGGER IF EXISTS ggi_published_feature_geometry;
DROP TRIGGER IF EXISTS ggu_published_feature_geometry;
DROP TRIGGER IF EXISTS gii_published_feature_geometry;
DROP TRIGGER IF EXISTS giu_published_feature_geometry;
DROP TRIGGER IF EXISTS gid_published_feature_geometry;
DROP TRIGGER IF EXISTS tmi_published_feature_geometry;
DROP TRIGGER IF EXISTS tmu_published_feature_geometry;
DROP TRIGGER IF EXISTS tmd_published_feature_geometry;

CREATE TABLE published_theme (
    theme   TEXT NOT NULL,
    feature INTEGER NOT NULL REFERENCES published_feature (number),
    PRIMARY KEY (theme, feature)
) STRICT, WITHOUT ROWID;
CREATE INDEX published_theme_by_feature ON published_theme (feature);

-- Folded words of title and text; rowid = published_feature.number.
CREATE VIRTUAL TABLE published_text USING fts5 (title, text, tokenize = "unicode61 remove_diacritics 2");

-- What has become public, changed or withdrawn, in order; copies follow it.
CREATE TABLE change (
    sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
    layer     INTEGER NOT NULL REFERENCES layer (number),
    public_id BLOB NOT NULL CHECK (length(public_id) = 16),
    action    TEXT NOT NULL CHECK (action IN ('added', 'changed', 'withdrawn'))
) STRICT;
CREATE INDEX change_by_layer ON change (layer, sequence);
