package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.io.EndPoint;

/**
 * Bodies of requests, bounded: each by itself, those of one client, and all that are in memory at a
 * time together. Safe for use by several threads.
 */
public final class RequestBody {

  /** Most bytes of a body, 32 MiB. */
  public static final int MOST_BYTES = 32 << 20;

  private static final long MOST_ROOM = 128L << 20;
  private static final long LEAST_ROOM = MOST_BYTES + (8 << 20);
  private static final byte[] NOTHING = {};
  private static final int FIRST_BLOCK = 8 << 10;
  private static final int LARGEST_BLOCK = 256 << 10;

  private final BodyRoom room;
  private final HttpBounds bounds;
  private final LongSupplier nanos;

  /** Bodies with the bounds that are usual. */
  public RequestBody() {
    this(roomByHeap(), Math.max(roomByHeap() / 2, MOST_BYTES), HttpBounds.USUAL, System::nanoTime);
  }

  /** An eighth of the heap, since a body takes as much again while it is read. */
  private static long roomByHeap() {
    return Math.clamp(Runtime.getRuntime().maxMemory() / 8, LEAST_ROOM, MOST_ROOM);
  }

  /**
   * Bodies with other bounds.
   *
   * @param roomBytes of all bodies at a time
   * @param clientBytes of those of one client
   * @param nanos a ticker, in nanoseconds
   */
  RequestBody(long roomBytes, long clientBytes, HttpBounds bounds, LongSupplier nanos) {
    this.room = new BodyRoom(roomBytes, clientBytes);
    this.bounds = bounds;
    this.nanos = nanos;
  }

  /** What is done with a body. */
  @FunctionalInterface
  public interface Use {
    /** Takes it. */
    void with(byte[] body) throws IOException;
  }

  /** What is done with a body that may be of several media types. */
  @FunctionalInterface
  public interface TypedUse {
    /** Takes it, with its media type in lower case and without parameters. */
    void with(String mediaType, byte[] body) throws IOException;
  }

  /**
   * Hands on the body of a request that must be JSON; until that returns, the body counts among
   * those in memory.
   *
   * @throws Problem where it is of another media type, longer than 32 MiB or comes too slowly, or
   *     where there is no room for more bodies
   */
  public void json(Context context, Use use) throws IOException {
    read(context, List.of(Answers.JSON), (mediaType, body) -> use.with(body));
  }

  /**
   * Hands on the body of a request, unpacked where it came as gzip; until that returns, the body
   * counts among those in memory.
   *
   * @param mediaTypes that it may have
   * @throws Problem where it is of another media type or encoding, longer than 32 MiB, unpacked
   *     too, or comes too slowly, or where there is no room for more bodies
   */
  public void read(Context context, List<String> mediaTypes, TypedUse use) throws IOException {
    String type = type(context, mediaTypes);
    boolean isPacked = isPacked(context);
    checkLength(context.req().getContentLengthLong());
    try (BodyRoom.Share share = room.share(Caller.of(context).client())) {
      use.with(type, read(context, isPacked, share));
    }
  }

  private byte[] read(Context context, boolean isPacked, BodyRoom.Share share) throws IOException {
    EndPoint from =
        context.req().getAttribute(ClientConnection.ATTRIBUTE) instanceof ClientConnection client
            ? client.getEndPoint()
            : null;
    long idle = from == null ? 0 : from.getIdleTimeout();
    try {
      if (from != null) {
        from.setIdleTimeout(bounds.grace().toMillis());
      }
      InputStream in = new PacedBody(context.req().getInputStream(), bounds, nanos);
      return isPacked ? unpacked(in, share) : gathered(in, share);
    } finally {
      if (from != null) {
        from.setIdleTimeout(idle);
      }
    }
  }

  private static byte[] unpacked(InputStream packed, BodyRoom.Share share) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(packed)) {
      return gathered(in, share);
    } catch (ZipException | EOFException e) {
      throw Problem.badValue(
          ProblemCode.BAD_VALUE, "body", "something else", "gzip, as Content-Encoding says");
    }
  }

  /** All bytes; what has come counts as soon as it is here, and nothing before. */
  private static byte[] gathered(InputStream in, BodyRoom.Share share) throws IOException {
    List<byte[]> full = new ArrayList<>();
    byte[] block = new byte[FIRST_BLOCK];
    int filled = 0;
    int total = 0;
    for (int n = in.read(block); n >= 0; n = in.read(block, filled, block.length - filled)) {
      filled += n;
      total += n;
      checkLength(total);
      share.hold(total);
      if (filled == block.length) {
        full.add(block);
        block = new byte[Math.min(2 * block.length, LARGEST_BLOCK)];
        filled = 0;
      }
    }
    byte[] all = new byte[total];
    int at = 0;
    for (int i = 0; i < full.size(); i++) {
      byte[] one = full.set(i, NOTHING); // let go as soon as it is copied
      System.arraycopy(one, 0, all, at, one.length);
      at += one.length;
    }
    System.arraycopy(block, 0, all, at, filled);
    return all;
  }

  private static boolean isPacked(Context context) {
    String encoding = context.header("Content-Encoding");
    String plain = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    if (!plain.equals("gzip") && !plain.equals("identity")) {
      throw Problem.badValue(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding", plain, "gzip or identity");
    }
    return plain.equals("gzip");
  }

  private static String type(Context context, List<String> mediaTypes) {
    String type = context.contentType();
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaTypes.contains(plain)) {
      String allowed = String.join(" or ", mediaTypes);
      throw new Problem(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "the body must be " + allowed + "; have " + Problem.shown(type == null ? "none" : type),
          "Content-Type",
          type,
          allowed);
    }
    return plain;
  }

  static void checkLength(long bytes) {
    if (bytes > MOST_BYTES) {
      throw new Problem(
          ProblemCode.TOO_LARGE,
          "a body may have " + MOST_BYTES + " bytes; have more",
          null,
          null,
          "at most " + MOST_BYTES + " bytes");
    }
  }
}
