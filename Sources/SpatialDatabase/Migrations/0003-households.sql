-- How many households live where, from a census: what makes cells coarser. Replaced as a whole, never by what is
-- contributed; empty when no table was loaded.

CREATE TABLE household_cell (
    -- The place of the cell of 200 m along Hilbert's curve (HouseholdTable), and its households in thousandths.
    key         INTEGER PRIMARY KEY CHECK (key >= 0),
    thousandths INTEGER NOT NULL CHECK (thousandths BETWEEN 0 AND 1000000000)
) STRICT;
