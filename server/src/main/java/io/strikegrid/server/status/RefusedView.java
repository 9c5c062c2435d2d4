package io.strikegrid.server.status;

import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.store.RefusedStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Ticks that were answered for and refused later.
 *
 * @param summary empty where the store does not answer
 */
record RefusedView(Optional<RefusedStore.Summary> summary) {

  /** Why that needs somebody; empty where nobody has to look. */
  Optional<String> reason() {
    return summary
        .map(RefusedStore.Summary::unacknowledged)
        .filter(unseen -> unseen.rows() > 0)
        .map(unseen ->
            unseen.ticks()
                + " ticks that were taken could not be stored: 'strikegrid refused' shows them");
  }

  void write(JsonWriter out) throws IOException {
    if (summary.isEmpty()) {
      out.nothing("refused");
      return;
    }
    RefusedStore.Summary all = summary.get();
    out.startObject("refused");
    out.whole("count", all.all().rows());
    out.whole("ticks", all.all().ticks());
    out.whole("unacknowledged", all.unacknowledged().rows());
    out.text("oldest", all.oldest().map(Instant::toString).orElse(null));
    out.whole("dropped", all.dropped().rows());
    out.whole("dropped_ticks", all.dropped().ticks());
    out.startArray("codes");
    for (Map.Entry<String, RefusedStore.Count> code : all.byCode().entrySet()) {
      out.startObject();
      out.text("code", code.getKey());
      out.whole("count", code.getValue().rows());
      out.whole("ticks", code.getValue().ticks());
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }
}
