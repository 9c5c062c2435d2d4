package io.strikegrid.server.stream;

import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.http.Problem;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages to one client that carry no figures. */
final class ServerMessages {

  private ServerMessages() {}

  /** A subscription has begun, behind a number. */
  static StreamMessage subscribed(String id, Topic topic, long sequence, boolean isResumed) {
    return StreamMessage.of(
        "subscribed",
        out -> {
          out.text("id", id);
          write(out, topic);
          out.whole("sequence", sequence);
          out.flag("resumed", isResumed);
          out.startObject("subscription");
          topic.query().write(out);
          out.endObject();
        });
  }

  static StreamMessage unsubscribed(Subscription subscription) {
    return StreamMessage.of(
        "unsubscribed",
        out -> {
          out.text("id", subscription.id());
          write(out, subscription.topic());
        });
  }

  /** A subscription has ended for want of room; what was handed over is where to resume. */
  static StreamMessage cut(Subscription subscription) {
    Long after = subscription.handedOver();
    return StreamMessage.of(
        "cut",
        out -> {
          out.text("id", subscription.id());
          write(out, subscription.topic());
          if (after == null) {
            out.nothing("after");
          } else {
            out.whole("after", after);
          }
        });
  }

  static StreamMessage heartbeat(long epochSecond, List<Subscription> subscriptions) {
    return StreamMessage.of(
        "heartbeat",
        out -> {
          out.whole("time", epochSecond);
          out.startArray("topics");
          for (Subscription subscription : subscriptions) {
            out.startObject();
            write(out, subscription.topic());
            out.whole("sequence", subscription.queued());
            out.endObject();
          }
          out.endArray();
        });
  }

  static StreamMessage pong(@Nullable String id, long epochSecond) {
    return StreamMessage.of(
        "pong",
        out -> {
          out.text("id", id);
          out.whole("time", epochSecond);
        });
  }

  static StreamMessage error(@Nullable String id, Problem problem) {
    return StreamMessage.of(
        "error",
        out -> {
          out.text("id", id);
          problem.write(out);
        });
  }

  private static void write(JsonWriter out, Topic topic) throws IOException {
    out.text("topic", topic.id());
    out.text("epoch", topic.epoch());
  }
}
