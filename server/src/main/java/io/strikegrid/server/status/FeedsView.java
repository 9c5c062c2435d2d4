package io.strikegrid.server.status;

import io.strikegrid.server.live.Backlog;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The feeds at one moment. */
record FeedsView(List<Feeds.Look> feeds) {

  private static final double MILLISECONDS = 1000;

  void write(JsonWriter out, Shown shown) throws IOException {
    out.startArray("feeds");
    for (Feeds.Look look : feeds) {
      out.startObject();
      write(out, look, shown);
      out.endObject();
    }
    out.endArray();
  }

  private static void write(JsonWriter out, Feeds.Look look, Shown shown) throws IOException {
    Feed feed = look.feed();
    out.text("name", feed.name());
    out.text("provenance", feed.provenance().label());
    out.text("state", look.state().label());
    out.text("trouble", feed.trouble().orElse(null));
    out.whole("messages", feed.messages());
    out.whole("ticks", feed.ticks());
    out.whole("refused", feed.refused());
    out.whole("reconnects", feed.reconnects());
    out.text("last_message", feed.lastMessage().map(Instant::toString).orElse(null));
    out.text("last_event", feed.lastEvent().map(Instant::toString).orElse(null));
    out.number("lag_seconds", look.lag().map(FeedsView::seconds).orElse(Double.NaN));
    if (look.backlog().isPresent()) {
      write(out, look.backlog().get());
    } else {
      out.nothing("backlog");
    }
    out.startArray("dead_letters");
    // they quote what others sent, whatever that named
    for (Feed.Sample sample : shown.isAll() ? feed.samples() : List.<Feed.Sample>of()) {
      out.startObject();
      out.text("at", sample.at().toString());
      out.text("code", sample.code());
      out.text("message", sample.message());
      out.endObject();
    }
    out.endArray();
  }

  private static void write(JsonWriter out, Backlog backlog) throws IOException {
    out.startObject("backlog");
    out.whole("bytes", backlog.bytes());
    out.whole("max_bytes", backlog.mostBytes());
    out.whole("uncommitted", backlog.uncommitted());
    out.endObject();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLISECONDS;
  }
}
