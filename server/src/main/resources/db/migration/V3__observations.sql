-- What live bars were made of, packed, so that a late observation corrects its bar exactly, after a restart too.
-- Kept for the trading day and some time after it. Not for people's SQL.
CREATE TABLE strikegrid.observation (
  symbol text NOT NULL,
  trading_day date NOT NULL,
  minute timestamptz NOT NULL,
  expiry date,
  observations bytea NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX observation_minute ON strikegrid.observation (symbol, trading_day, minute);
CREATE INDEX observation_age ON strikegrid.observation (written_at);
COMMENT ON COLUMN strikegrid.observation.expiry IS 'NULL where they are of the underlying alone';

-- The writer adds rows of an open bucket itself.
ALTER TABLE fo_option_strike_bars_5min
  ALTER COLUMN created_at SET DEFAULT now(), ALTER COLUMN updated_at SET DEFAULT now();
ALTER TABLE fo_option_strike_bars_15min
  ALTER COLUMN created_at SET DEFAULT now(), ALTER COLUMN updated_at SET DEFAULT now();
