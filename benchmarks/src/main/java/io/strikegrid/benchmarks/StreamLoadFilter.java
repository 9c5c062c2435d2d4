package io.strikegrid.benchmarks;

import java.util.List;

/**
 * What the subscribers ask for: each something else, from one side of a strike to a whole board.
 */
final class StreamLoadFilter {

  private static final List<String> MEASURES =
      List.of("iv", "oi", "price", "delta", "gamma", "theta", "vega", "volume", "bid", "ask");
  private static final List<String> SIDES = List.of("both", "call", "put");
  private static final int LEVELS = 16;
  private static final int EXPIRIES = 4;

  private StreamLoadFilter() {}

  /** The message that subscribes a subscriber by its number; no two ask the same. */
  static String subscribe(int number) {
    StringBuilder json =
        new StringBuilder("{\"type\":\"subscribe\",\"id\":\"load\",\"symbol\":\"NIFTY50\"");
    json.append(",\"max_level\":").append(1 + number % LEVELS);
    json.append(",\"option_side\":\"").append(SIDES.get(number % SIDES.size())).append('"');
    json.append(",\"expiry\":[");
    int first = number / LEVELS % EXPIRIES;
    int count = 1 + number / (LEVELS * EXPIRIES) % (EXPIRIES - first);
    for (int n = first; n < first + count; n++) {
      json.append(n == first ? "" : ",").append("\"NWeek+").append(n).append('"');
    }
    json.append("],\"measure\":[");
    int sets = number / LEVELS;
    for (int m = 0; m <= 1 + sets % (MEASURES.size() - 1); m++) {
      String measure = MEASURES.get((m + sets) % MEASURES.size());
      json.append(m == 0 ? "" : ",").append('"').append(measure).append('"');
    }
    return json.append("]}").toString();
  }

  /** The message that subscribes to everything. */
  static String everything() {
    return "{\"type\":\"subscribe\",\"id\":\"load\",\"symbol\":\"NIFTY50\","
        + "\"expiry\":[\"NWeek+0\",\"NWeek+1\",\"NWeek+2\",\"NWeek+3\"]}";
  }
}
