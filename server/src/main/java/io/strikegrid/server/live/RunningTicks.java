package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.engine.bar.Provenance;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What ran of a symbol and day at one moment, packed as it came. Immutable.
 *
 * @param logs of each expiry; those without one are of the underlying alone
 * @param ticks in them
 * @param provenance of the minutes; null where there are none
 * @param last the newest minute in them, epoch seconds UTC; {@link Long#MIN_VALUE} for none
 * @param sequence of the lane then
 */
record RunningTicks(
    Map<Optional<LocalDate>, List<ObservationLog>> logs,
    long ticks,
    @Nullable Provenance provenance,
    long last,
    long sequence) {

  private static final Comparator<Optional<LocalDate>> BY_DATE =
      Comparator.comparing(expiry -> expiry.orElse(LocalDate.MIN));

  /**
   * The first minutes that may be unpacked together: what is shown of a day begins with its oldest
   * minute, so that none goes and comes again while others fill up.
   *
   * @param minutes by their start; guarded by their lane, which is held
   * @param most ticks
   */
  static RunningTicks of(SortedMap<Long, List<OpenMinute>> minutes, int most, long sequence) {
    Map<Optional<LocalDate>, List<ObservationLog>> logs = new TreeMap<>(BY_DATE);
    Provenance provenance = null;
    long ticks = 0;
    long last = Long.MIN_VALUE;
    for (Map.Entry<Long, List<OpenMinute>> minute : minutes.entrySet()) {
      long more = minute.getValue().stream().mapToLong(OpenMinute::size).sum();
      if (!logs.isEmpty() && ticks + more > most) {
        break;
      }
      for (OpenMinute open : minute.getValue()) {
        provenance = open.provenance();
        open.copies()
            .forEach(
                (expiry, log) -> logs.computeIfAbsent(expiry, e -> new ArrayList<>()).add(log));
      }
      ticks += more;
      last = minute.getKey();
    }
    return new RunningTicks(logs, ticks, provenance, last, sequence);
  }

  /** Unpacks them: by expiry, those of the underlying alone with each of them. */
  Map<LocalDate, List<Observation>> byExpiry() {
    List<Observation> ofAll = new ArrayList<>();
    logs.getOrDefault(Optional.<LocalDate>empty(), List.of())
        .forEach(log -> log.forEach(ofAll::add));
    Map<LocalDate, List<Observation>> byExpiry = new TreeMap<>();
    logs.forEach((expiry, ofExpiry) ->
        expiry.ifPresent(date -> {
          List<Observation> all = new ArrayList<>();
          ofExpiry.forEach(log -> log.forEach(all::add));
          all.addAll(ofAll);
          byExpiry.put(date, all);
        }));
    return byExpiry;
  }
}
