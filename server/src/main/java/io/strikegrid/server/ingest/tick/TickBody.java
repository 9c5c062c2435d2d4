package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.BadJson;
import io.strikegrid.server.ingest.ItemBounds;
import io.strikegrid.server.ingest.JsonCut;
import io.strikegrid.server.ingest.Refusal;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the body of a request: a JSON array of ticks, an object with such an array, or one tick a
 * line. A body that is none of these is refused as a whole; a line that is no JSON is one refused
 * tick.
 */
final class TickBody {

  /** Media types of a tick a line. */
  static final List<String> LINES = List.of("application/x-ndjson", "application/ndjson");

  private static final int MOST_TICKS = 50_000;
  private static final String ALLOWED = "1 to " + MOST_TICKS + " ticks";
  private final TickReader reader;
  private final TickBatch batch = new TickBatch();

  private TickBody(TickReader reader) {
    this.reader = reader;
  }

  /** Reads the ticks of a body of a media type. */
  static TickBatch read(TickReader reader, String mediaType, byte[] body) {
    TickBody read = new TickBody(reader);
    if (LINES.contains(mediaType)) {
      read.lines(body);
    } else {
      read.json(body);
    }
    if (read.batch.received() == 0) {
      throw bad("ticks", "none", ALLOWED);
    }
    return read.batch;
  }

  static List<String> mediaTypes() {
    return List.of(Answers.JSON, LINES.getFirst(), LINES.getLast());
  }

  private void lines(byte[] body) {
    int start = 0;
    while (start < body.length) {
      int end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      line(body, start, end - start);
      start = end + 1;
    }
  }

  private void line(byte[] body, int start, int length) {
    String text = new String(body, start, Math.min(length, 200), StandardCharsets.UTF_8);
    if (text.isBlank() && length <= text.length()) {
      return;
    }
    int index = nextIndex();
    try {
      take(index, body, measured(body, start, length));
    } catch (BadJson e) {
      batch.reject(index, new Refusal("bad_json", "tick", text.strip(), "one JSON object a line"));
    }
  }

  /** What a line is, with its whole length, so that what follows an object in it is seen. */
  private static JsonCut.Item measured(byte[] body, int start, int length) throws BadJson {
    if (length > ItemBounds.LONGEST) {
      return new JsonCut.Item(start, length, 0, 0, 0);
    }
    JsonCut.Item item = new JsonCut(Arrays.copyOfRange(body, start, start + length)).item();
    return new JsonCut.Item(start, length, item.depth(), item.members(), item.values());
  }

  private void json(byte[] body) {
    JsonCut cut = new JsonCut(body);
    try {
      if (cut.takes('{')) {
        member(cut, body);
      } else if (cut.takes('[')) {
        array(cut, body);
      } else {
        throw bad("body", "something else", "an array of ticks, or an object with one");
      }
      if (cut.peek() >= 0) {
        throw bad("body", "more after its end", "one JSON value");
      }
    } catch (BadJson e) {
      throw bad("body", e.has() + ", up to line " + cut.line(), "JSON within its bounds");
    }
  }

  private void member(JsonCut cut, byte[] body) throws BadJson {
    String name = cut.peek() == '}' ? null : cut.name();
    if (name == null || !name.equals("ticks")) {
      throw bad(name == null ? "body" : name, name == null ? "no member" : "a member", "ticks");
    }
    cut.take(':');
    if (!cut.takes('[')) {
      throw bad("ticks", "something else", "an array");
    }
    array(cut, body);
    if (!cut.takes('}')) {
      throw bad("body", "more beside ticks", "an object with ticks alone");
    }
  }

  private void array(JsonCut cut, byte[] body) throws BadJson {
    if (cut.takes(']')) {
      return;
    }
    do {
      take(nextIndex(), body, cut.item());
    } while (cut.takes(','));
    cut.take(']');
  }

  private int nextIndex() {
    int index = batch.received();
    if (index == MOST_TICKS) {
      throw new Problem(
          ProblemCode.TOO_LARGE,
          "a batch may hold " + MOST_TICKS + " ticks; have more",
          "ticks",
          "more than " + MOST_TICKS,
          ALLOWED);
    }
    return index;
  }

  private void take(int index, byte[] body, JsonCut.Item item) throws BadJson {
    try {
      Tick tick = reader.read(index, ItemBounds.read(body, item, "tick"), batch.ignored());
      RefusedRow.checkSymbol(tick.underlying().symbol());
      batch.add(tick);
    } catch (RefusedRow e) {
      batch.reject(index, e.refusal());
    }
  }

  private static Problem bad(String field, String value, String allowed) {
    return new Problem(
        ProblemCode.BAD_VALUE,
        field + " must be " + allowed + "; have " + Problem.shown(value),
        field,
        value,
        allowed);
  }
}
