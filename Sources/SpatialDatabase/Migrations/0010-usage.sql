-- How often pages were looked at, a day: totals that tell of nobody. No address, no identifier, no time of day.

CREATE TABLE usage (
    -- Where the instance stands, such as 2026-11-22.
    day   TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    layer INTEGER NOT NULL REFERENCES layer (number) ON DELETE CASCADE,
    -- NULL for our own page of the layer.
    embed INTEGER REFERENCES embed (number) ON DELETE CASCADE,
    count INTEGER NOT NULL CHECK (count > 0)
) STRICT;
CREATE UNIQUE INDEX usage_of_day ON usage (day, layer, coalesce(embed, 0));
CREATE INDEX usage_by_layer ON usage (layer);
CREATE INDEX usage_by_embed ON usage (embed) WHERE embed IS NOT NULL;
