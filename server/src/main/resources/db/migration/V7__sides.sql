-- Each side of a bar says where it is from, where its Greeks are from, since when its volume counts where minutes are
-- missing, and what it says of its quote (0 withdrawn, 1 bid, 2 ask, 3 both; NULL where nothing was said).
DO $$
DECLARE
  bars text;
  side text;
BEGIN
  FOREACH bars IN ARRAY ARRAY['fo_option_strike_bars', 'fo_option_strike_bars_5min', 'fo_option_strike_bars_15min',
                              'fo_latest_snapshot'] LOOP
    -- TimescaleDB's aggregates are views: they are defined again when the store is opened.
    IF (SELECT relkind FROM pg_class WHERE oid = bars::regclass) IN ('r', 'p') THEN
      FOREACH side IN ARRAY ARRAY['call', 'put'] LOOP
        EXECUTE format('ALTER TABLE %1$I ADD COLUMN %2$s_greeks_source text,
          ADD COLUMN %2$s_provenance smallint,
          ADD COLUMN %2$s_volume_since timestamptz,
          ADD COLUMN %2$s_quoted smallint', bars, side);
      END LOOP;
    END IF;
  END LOOP;
END $$;
COMMENT ON COLUMN fo_option_strike_bars.call_provenance IS 'NULL in rows of older versions: as the row''s';
COMMENT ON COLUMN fo_option_strike_bars.put_provenance IS 'NULL in rows of older versions: as the row''s';

-- Where a forward came from, and the strike gap as it was known by then. NULL in rows of older versions.
ALTER TABLE fo_expiry_metrics ADD COLUMN forward_source text, ADD COLUMN strike_gap double precision;
ALTER TABLE fo_expiry_metrics_5min ADD COLUMN forward_source text, ADD COLUMN strike_gap double precision;
ALTER TABLE fo_expiry_metrics_15min ADD COLUMN forward_source text, ADD COLUMN strike_gap double precision;

-- What was reported of a side's day-cumulative volume where its bar shows the higher figure of an earlier one. Not for
-- people's SQL.
CREATE TABLE strikegrid.reported_volume (
  symbol text NOT NULL,
  trading_day date NOT NULL,
  expiry date NOT NULL,
  strike double precision NOT NULL,
  side text NOT NULL CHECK (side IN ('call', 'put')),
  minute timestamptz NOT NULL,
  volume_day double precision NOT NULL,
  PRIMARY KEY (symbol, trading_day, expiry, strike, side, minute)
);

-- Imported sides as they were before live ticks came over them, so that a bar can be made again of all its ticks. Not
-- for people's SQL.
CREATE TABLE strikegrid.under_live (LIKE fo_option_strike_bars);
ALTER TABLE strikegrid.under_live
  ALTER COLUMN created_at SET DEFAULT now(), ALTER COLUMN updated_at SET DEFAULT now(),
  ADD PRIMARY KEY (symbol, expiry, bucket_time, strike);
