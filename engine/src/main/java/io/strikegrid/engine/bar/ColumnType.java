package io.strikegrid.engine.bar;

/** The SQL type of a bar's column. In memory every value is a double; NaN is unknown. */
public enum ColumnType {
  /** {@code double precision}. */
  FLOAT8,
  /** {@code integer}. */
  INTEGER,
  /** {@code smallint}. */
  SMALLINT,
  /** {@code text} out of a short list; in memory the position in it. */
  CODE,
  /** {@code timestamptz}; in memory epoch seconds UTC, without a fraction. */
  TIME,
  /** {@code timestamptz}, kept by the store alone. */
  TIMESTAMP
}
