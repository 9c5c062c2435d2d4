/**
 * Time: timeframes and their buckets, trading sessions and the calendars they come from. Every
 * interval is half-open, {@code [start, end)}, in epoch seconds UTC, and labelled by its start;
 * only the calendar knows a time zone. Uses the checks alone; every higher floor may use it.
 */
@NullMarked
package io.strikegrid.engine.time;

import org.jspecify.annotations.NullMarked;
