package io.strikegrid.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One subscriber: checks that no number is missing, and tells when each message came. */
final class StreamLoadSubscriber implements WebSocket.Listener {

  private static final Pattern TYPE = Pattern.compile("\\{\"type\":\"(\\w+)\"");
  private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");
  private static final Pattern GENERATION = Pattern.compile("\"generation\":(\\d+)");
  private static final int HEAD = 400;

  private final BiConsumer<Long, Long> received;
  private final StringBuilder text = new StringBuilder();
  private final List<String> faults = new ArrayList<>();
  private final WebSocket socket;
  private long sequence = -1;
  private volatile long generation;
  private final LongAdder bytes = new LongAdder();
  private volatile boolean isCut;

  /**
   * Connects and subscribes.
   *
   * @param reads whether it reads from the start
   * @param received told the generation of a delta, and when it came
   */
  StreamLoadSubscriber(
      HttpClient http, URI uri, String subscribe, boolean reads, BiConsumer<Long, Long> received) {
    this.received = received;
    this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    socket.sendText(subscribe, true).join();
    if (reads) {
      read();
    }
  }

  /** Begins to read. */
  void read() {
    socket.request(Long.MAX_VALUE);
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    // reads when it is told to
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    long now = System.nanoTime();
    text.append(data);
    if (last) {
      take(now);
      text.setLength(0);
    }
    return null;
  }

  private void take(long now) {
    bytes.add(text.length());
    String head = text.substring(0, Math.min(HEAD, text.length()));
    Matcher type = TYPE.matcher(head);
    switch (type.lookingAt() ? type.group(1) : "") {
      case "snapshot" -> sequence = number(SEQUENCE, head);
      case "delta" -> {
        long next = number(SEQUENCE, head);
        if (next != sequence + 1) {
          faults.add("number " + next + " came after " + sequence);
        }
        sequence = next;
        generation = number(GENERATION, head);
        received.accept(generation, now);
      }
      case "cut" -> isCut = true;
      case "subscribed", "heartbeat", "provisional" -> {}
      default -> faults.add(head);
    }
  }

  private static long number(Pattern pattern, String head) {
    Matcher matcher = pattern.matcher(head);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    faults.add(error.toString());
  }

  /** The newest generation that came. */
  long generation() {
    return generation;
  }

  /** Whether the server cut it. */
  boolean isCut() {
    return isCut;
  }

  /** What was wrong. */
  List<String> faults() {
    return faults;
  }

  /** Characters that came. */
  long bytes() {
    return bytes.sum();
  }

  void close() {
    socket.abort();
  }
}
