package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.OiReference;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Open interest as it was known in each of a chain's newest minutes: with it who follows the chain
 * can go on measuring its change over some minutes.
 *
 * @param page of the chain
 * @param buckets those with a bar, ascending
 */
record OiHistory(GridPage page, List<Integer> buckets) {

  /** Of so many minutes, and the newest bucket that is older. */
  static OiHistory of(Snapshot chain, int minutes) {
    GridPage page = chain.page();
    int first = Math.max(0, chain.bucketBack(minutes));
    return new OiHistory(
        page, IntStream.rangeClosed(first, chain.bucket()).filter(page::hasBar).boxed().toList());
  }

  /** Most bytes that a strike takes while it is written, over so many minutes. */
  static long bytesOfStrike(int minutes) {
    return Double.BYTES * (minutes + 1L);
  }

  /** How many values it has at most. */
  long values() {
    return (long) Side.values().length * page.strikes() * buckets.size();
  }

  /** Writes it, of those strikes that are answered. */
  void write(JsonWriter out, IntPredicate isAnswered) throws IOException {
    out.startObject("oi_history");
    out.startArray("time");
    for (int bucket : buckets) {
      out.whole(page.bucketStart(bucket));
    }
    out.endArray();
    for (Side side : Side.values()) {
      List<double[]> known =
          buckets.stream().map(bucket -> OiReference.at(page, side, bucket)).toList();
      out.startArray(side.label());
      for (int k = 0; k < page.strikes(); k++) {
        if (isAnswered.test(k)) {
          writeStrike(out, known, k);
        }
      }
      out.endArray();
    }
    out.endObject();
  }

  private static void writeStrike(JsonWriter out, List<double[]> known, int k) throws IOException {
    out.startArray();
    for (double[] values : known) {
      out.number(values[k]);
    }
    out.endArray();
  }
}
