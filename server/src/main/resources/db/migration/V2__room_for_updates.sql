-- The rows of an open bucket, and the newest of each strike, are rewritten every minute, all of a page in one
-- transaction. Pages that are half empty have room for the new versions, so that no index has to be touched.
ALTER TABLE fo_option_strike_bars_5min SET (fillfactor = 50);
ALTER TABLE fo_option_strike_bars_15min SET (fillfactor = 50);
ALTER TABLE fo_latest_snapshot SET (fillfactor = 50);

-- Tells this store from every other one: the tags of answers contain it.
CREATE TABLE strikegrid.store (id uuid NOT NULL DEFAULT gen_random_uuid());
INSERT INTO strikegrid.store DEFAULT VALUES;
