package io.strikegrid.server.status;

import io.strikegrid.server.live.Live;
import io.strikegrid.server.live.LiveState;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.time.Instant;

/** What became of the ticks that feeds handed in, and how many wait to be committed. */
record LiveView(Live live) {

  void write(JsonWriter out, Shown shown) throws IOException {
    LiveState state = live.state();
    out.startObject("live");
    out.whole("open_minutes", live.openMinutes());
    out.whole("held_bytes", live.heldBytes());
    out.whole("max_bytes", live.maxBytes());
    out.whole("minutes", state.minutes());
    out.whole("ticks", state.ticks());
    out.whole("failures", state.failures());
    out.text("trouble", shown.text(state.trouble()));
    out.text("last_commit", state.lastCommit().map(Instant::toString).orElse(null));
    out.endObject();
  }
}
