-- Strike bars: one row is symbol, expiry, strike and minute, call and put side by side.
CREATE TABLE fo_option_strike_bars (
  bucket_time timestamptz NOT NULL,
  symbol text NOT NULL,
  expiry date NOT NULL,
  strike double precision NOT NULL,
  underlying_close double precision,
  underlying_last double precision,
  underlying_source text NOT NULL CHECK (underlying_source IN ('quoted', 'parity', 'none')),
  call_iv_avg double precision,
  call_delta_avg double precision,
  call_gamma_avg double precision,
  call_theta_avg double precision,
  call_vega_avg double precision,
  call_rho_avg double precision,
  call_iv_count integer NOT NULL DEFAULT 0,
  call_greeks_count integer NOT NULL DEFAULT 0,
  call_iv_source text,
  call_count integer NOT NULL DEFAULT 0,
  call_volume double precision,
  call_volume_day double precision,
  call_oi_sum double precision,
  call_oi_last double precision,
  call_open double precision,
  call_high double precision,
  call_low double precision,
  call_close double precision,
  call_bid double precision,
  call_ask double precision,
  put_iv_avg double precision,
  put_delta_avg double precision,
  put_gamma_avg double precision,
  put_theta_avg double precision,
  put_vega_avg double precision,
  put_rho_avg double precision,
  put_iv_count integer NOT NULL DEFAULT 0,
  put_greeks_count integer NOT NULL DEFAULT 0,
  put_iv_source text,
  put_count integer NOT NULL DEFAULT 0,
  put_volume double precision,
  put_volume_day double precision,
  put_oi_sum double precision,
  put_oi_last double precision,
  put_open double precision,
  put_high double precision,
  put_low double precision,
  put_close double precision,
  put_bid double precision,
  put_ask double precision,
  moneyness smallint,
  provenance smallint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (bucket_time);

CREATE UNIQUE INDEX fo_option_strike_bars_strike
  ON fo_option_strike_bars (symbol, expiry, strike, bucket_time DESC);
CREATE INDEX fo_option_strike_bars_moneyness
  ON fo_option_strike_bars (symbol, expiry, moneyness, bucket_time DESC);

CREATE TABLE fo_option_strike_bars_5min (LIKE fo_option_strike_bars);
CREATE UNIQUE INDEX fo_option_strike_bars_5min_strike
  ON fo_option_strike_bars_5min (symbol, expiry, strike, bucket_time DESC);
CREATE INDEX fo_option_strike_bars_5min_moneyness
  ON fo_option_strike_bars_5min (symbol, expiry, moneyness, bucket_time DESC);

CREATE TABLE fo_option_strike_bars_15min (LIKE fo_option_strike_bars);
CREATE UNIQUE INDEX fo_option_strike_bars_15min_strike
  ON fo_option_strike_bars_15min (symbol, expiry, strike, bucket_time DESC);
CREATE INDEX fo_option_strike_bars_15min_moneyness
  ON fo_option_strike_bars_15min (symbol, expiry, moneyness, bucket_time DESC);

-- The newest row of every strike, kept by the writer.
CREATE TABLE fo_latest_snapshot (
  LIKE fo_option_strike_bars,
  PRIMARY KEY (symbol, expiry, strike)
);

-- The chain of an expiry as a whole, known at the end of the bucket.
CREATE TABLE fo_expiry_metrics (
  bucket_time timestamptz NOT NULL,
  symbol text NOT NULL,
  expiry date NOT NULL,
  underlying double precision,
  underlying_source text NOT NULL,
  forward double precision,
  rate double precision,
  pcr double precision,
  pcr_volume double precision,
  max_pain double precision,
  call_oi double precision,
  put_oi double precision,
  call_volume_day double precision,
  put_volume_day double precision,
  contracts integer NOT NULL,
  carried integer NOT NULL,
  atm_iv double precision,
  straddle double precision,
  observed_at timestamptz NOT NULL,
  PRIMARY KEY (symbol, expiry, bucket_time)
);
CREATE TABLE fo_expiry_metrics_5min (LIKE fo_expiry_metrics, PRIMARY KEY (symbol, expiry, bucket_time));
CREATE TABLE fo_expiry_metrics_15min (LIKE fo_expiry_metrics, PRIMARY KEY (symbol, expiry, bucket_time));

-- What the exchange says of a contract for a whole trading day.
CREATE TABLE fo_contract_day (
  symbol text NOT NULL,
  expiry date NOT NULL,
  strike double precision NOT NULL,
  side text NOT NULL CHECK (side IN ('call', 'put')),
  trading_day date NOT NULL,
  lot_size integer,
  previous_close_oi double precision,
  close_oi double precision,
  close_price double precision,
  settlement_price double precision,
  volume_day double precision,
  source text NOT NULL CHECK (source IN ('chain', 'exchange')),
  reported_at timestamptz NOT NULL,
  PRIMARY KEY (symbol, trading_day, expiry, strike, side)
);

CREATE TABLE trading_calendars (
  calendar text PRIMARY KEY,
  zone text NOT NULL,
  weekdays text NOT NULL,
  opening time NOT NULL,
  length interval NOT NULL,
  expiry_time time NOT NULL
);
CREATE TABLE trading_holidays (
  calendar text NOT NULL,
  day date NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (calendar, day)
);
CREATE TABLE trading_special_sessions (
  calendar text NOT NULL,
  day date NOT NULL,
  opening time NOT NULL,
  length interval NOT NULL,
  PRIMARY KEY (calendar, day)
);
CREATE TABLE underlyings (
  symbol text PRIMARY KEY,
  name text NOT NULL,
  market text NOT NULL,
  calendar text NOT NULL,
  strike_gap double precision,
  whole_units boolean NOT NULL
);
CREATE TABLE instrument_aliases (
  alias text PRIMARY KEY,
  symbol text NOT NULL
);
CREATE TABLE instrument_lots (
  symbol text NOT NULL,
  expiry_from date NOT NULL,
  expiry_to date NOT NULL,
  date_from date NOT NULL,
  lot_size integer NOT NULL,
  PRIMARY KEY (symbol, expiry_from, expiry_to, date_from)
);
CREATE TABLE instruments (
  symbol text NOT NULL,
  expiry date NOT NULL,
  strike double precision NOT NULL,
  option_type text NOT NULL CHECK (option_type IN ('call', 'put')),
  expiry_at timestamptz NOT NULL,
  expiry_type text,
  strike_gap double precision,
  first_seen date NOT NULL,
  last_seen date NOT NULL,
  PRIMARY KEY (symbol, expiry, strike, option_type)
);

-- Every write of a (symbol, trading day) bumps its generation in the same transaction.
CREATE TABLE strikegrid.generation (
  symbol text NOT NULL,
  trading_day date NOT NULL,
  generation bigint NOT NULL,
  has_bars boolean NOT NULL,
  simulated boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (symbol, trading_day)
);
CREATE TABLE strikegrid.day_expiry (
  symbol text NOT NULL,
  trading_day date NOT NULL,
  expiry date NOT NULL,
  PRIMARY KEY (symbol, trading_day, expiry)
);
CREATE TABLE strikegrid.aggregate_refresh (
  aggregate text PRIMARY KEY,
  last_refresh timestamptz,
  refresh_duration interval,
  failures bigint NOT NULL DEFAULT 0
);
INSERT INTO strikegrid.aggregate_refresh (aggregate)
  VALUES ('fo_option_strike_bars_5min'), ('fo_option_strike_bars_15min');

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
         last_refresh, refresh_duration, failures
    FROM counted JOIN strikegrid.aggregate_refresh USING (aggregate);

COMMENT ON COLUMN fo_option_strike_bars.provenance IS '1 live, 2 imported, 3 backfilled, 4 simulated';
COMMENT ON COLUMN fo_option_strike_bars.moneyness IS
  'signed level of the strike by the row''s own underlying: 0 at the money, positive above';
