package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.server.store.ContractDayStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Observations of a day that are all in memory. One thread. */
public class ObservedDay implements DaySource {

  private static final int MINUTE = 60;

  private final TreeMap<LocalDate, List<Observation>> observations;
  private final boolean readyMade;
  private final long close;
  private final TreeSet<Long> minutes = new TreeSet<>();
  private final TreeMap<LocalDate, BarBuilder.Result> results = new TreeMap<>();

  /**
   * A day of observations.
   *
   * @param observations by expiry
   * @param readyMade whether each of them is a bar that was made elsewhere
   * @param close end of the session, epoch seconds UTC
   */
  public ObservedDay(
      Map<LocalDate, List<Observation>> observations, boolean readyMade, long close) {
    this.observations = new TreeMap<>(observations);
    this.readyMade = readyMade;
    this.close = close;
    for (List<Observation> ofExpiry : this.observations.values()) {
      for (Observation o : ofExpiry) {
        if (o.time() < close && !o.isEmpty()) {
          minutes.add(Math.floorDiv(o.time(), MINUTE) * MINUTE);
        }
      }
    }
  }

  @Override
  public NavigableSet<LocalDate> expiries() {
    return observations.navigableKeySet();
  }

  @Override
  public NavigableSet<Long> minutes() {
    return minutes;
  }

  @Override
  public BarBuilder.Result bars(LocalDate expiry, BarBuilder.TradedBefore before) {
    return results.computeIfAbsent(
        expiry,
        e -> BarBuilder.build(observations.getOrDefault(e, List.of()), readyMade, close, before));
  }

  @Override
  public List<ContractDayStore.Row> figures() {
    return List.of();
  }

  /** What has been built. */
  public Map<LocalDate, BarBuilder.Result> results() {
    return results;
  }
}
