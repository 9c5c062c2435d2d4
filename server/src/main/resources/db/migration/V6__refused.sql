-- Ticks that were taken and answered for, and could not be stored as bars: one row for those of a
-- minute and expiry that came by one feed and were refused for one reason.
CREATE TABLE strikegrid.refused (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  refused_at timestamptz NOT NULL,
  feed text NOT NULL,
  symbol text NOT NULL,
  trading_day date NOT NULL,
  expiry date,
  minute timestamptz NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  tick_count integer NOT NULL CHECK (tick_count > 0),
  ticks bytea NOT NULL,
  acknowledged_at timestamptz
);
COMMENT ON COLUMN strikegrid.refused.expiry IS 'NULL for prices of the underlying alone';
COMMENT ON COLUMN strikegrid.refused.ticks IS 'as they stand in the journal of ticks';
COMMENT ON COLUMN strikegrid.refused.acknowledged_at IS 'when an operator said to have seen it';

-- What was let go of there because it had become too much: one row.
CREATE TABLE strikegrid.refused_dropped (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  row_count bigint NOT NULL DEFAULT 0,
  tick_count bigint NOT NULL DEFAULT 0
);
INSERT INTO strikegrid.refused_dropped DEFAULT VALUES;
