-- Who keeps the 5 and 15 minute bars: the writer, in tables (plain), or TimescaleDB. Chosen once, when a store is new.
ALTER TABLE strikegrid.store ADD COLUMN engine text CHECK (engine IN ('plain', 'timescale'));
UPDATE strikegrid.store SET engine = 'plain'
  WHERE EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'fo_option_strike_bars'::regclass);

-- What is made of one-minute rows has a generation of its own: it grows with every write of the day, and once more
-- whenever an aggregate is refreshed after it.
ALTER TABLE strikegrid.generation ADD COLUMN rolled bigint NOT NULL DEFAULT 0;
UPDATE strikegrid.generation SET rolled = generation;

-- Minutes whose buckets an aggregate has yet to take over: written by the commit that changed them, deleted when they
-- have been refreshed. Always empty where the writer keeps the aggregates.
CREATE TABLE strikegrid.awaiting_refresh (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  aggregate text NOT NULL,
  symbol text NOT NULL,
  trading_day date NOT NULL,
  first_minute timestamptz NOT NULL,
  last_minute timestamptz NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now()
);

-- Of an audit: the aggregate's cells that were recomputed, and those that differed.
ALTER TABLE strikegrid.aggregate_refresh
  ADD COLUMN failure text,
  ADD COLUMN last_audit timestamptz,
  ADD COLUMN cells_checked bigint NOT NULL DEFAULT 0,
  ADD COLUMN cells_differing bigint NOT NULL DEFAULT 0,
  ADD COLUMN rows_repaired bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN strikegrid.aggregate_refresh.failure IS 'why the last refresh failed; NULL where it succeeded';

DROP VIEW strikegrid.aggregate_status;
CREATE VIEW strikegrid.aggregate_status AS
  WITH counted AS (
    SELECT 'fo_option_strike_bars_5min' AS aggregate, interval '5 minutes' AS bucket_length,
           count(*) AS row_count,
           count(*) FILTER (WHERE call_oi_last IS NOT NULL OR put_oi_last IS NOT NULL)
             AS rows_with_oi,
           max(bucket_time) AS newest_bucket
      FROM fo_option_strike_bars_5min
    UNION ALL
    SELECT 'fo_option_strike_bars_15min', interval '15 minutes',
           count(*),
           count(*) FILTER (WHERE call_oi_last IS NOT NULL OR put_oi_last IS NOT NULL),
           max(bucket_time)
      FROM fo_option_strike_bars_15min
  )
  SELECT counted.aggregate, row_count, rows_with_oi, newest_bucket,
         date_bin(bucket_length, (SELECT max(bucket_time) FROM fo_expiry_metrics),
                  timestamptz '2000-01-01 00:00:00+00') - newest_bucket AS lag,
         last_refresh, refresh_duration, failures, failure,
         (SELECT count(*) FROM strikegrid.awaiting_refresh a WHERE a.aggregate = counted.aggregate)
           AS awaiting_refresh,
         last_audit, cells_checked, cells_differing, rows_repaired
    FROM counted JOIN strikegrid.aggregate_refresh USING (aggregate);
