package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends answers: as JSON or CSV, whichever is wanted, compressed where that is, and not at all
 * where the client has the same already.
 */
public final class Answers {

  /** Media type of JSON. */
  public static final String JSON = "application/json";

  /** Media type of CSV. */
  public static final String CSV = "text/csv";

  /** Name of the attribute of a request that says what answers are made of beside their data. */
  static final String SOURCE = "answers.source";

  private static final int TAG_BYTES = 16;

  private Answers() {}

  /** Sends an answer in the form that the client wants. */
  public static void send(Context context, Answer answer) throws IOException {
    List<String> forms = answer.columns().isEmpty() ? List.of(JSON) : List.of(JSON, CSV);
    String form = Accept.mediaType(context, forms);
    if (answer.version().isEmpty()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(answer, form, bytes);
      sendBytes(context, form, bytes.toByteArray());
      return;
    }
    boolean gzip = Accept.takesGzip(context);
    String request =
        context.attribute(SOURCE)
            + "\n"
            + context.path()
            + "?"
            + context.queryString()
            + "\n"
            + answer.version().get();
    if (prepare(context, form, tag(request.getBytes(StandardCharsets.UTF_8), form, gzip), gzip)) {
      write(answer, form, body(context, gzip));
    }
  }

  /** Sends a file, as it was made ready. */
  public static void send(Context context, StaticFile file) throws IOException {
    Accept.mediaType(context, List.of(withoutCharset(file.mediaType())));
    StaticFile.Form form = file.form(Accept.takesGzip(context));
    if (prepare(context, file.mediaType(), form.tag(), form.isGzip())) {
      context.res().setContentLength(form.bytes().length);
      context.res().getOutputStream().write(form.bytes());
    }
  }

  /** Sends something that is new each time, such as a state, as JSON. */
  public static void sendFresh(Context context, JsonBody answer) throws IOException {
    String form = Accept.mediaType(context, List.of(JSON));
    context.header("Cache-Control", "no-cache").contentType(form);
    writeJson(answer, body(context, gzip(context)));
  }

  /** Sends a text that is new each time. */
  public static void sendFresh(Context context, String mediaType, String text) throws IOException {
    Accept.mediaType(context, List.of(withoutCharset(mediaType)));
    context.header("Cache-Control", "no-cache").contentType(mediaType);
    try (OutputStream out = body(context, gzip(context))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean gzip(Context context) {
    boolean gzip = Accept.takesGzip(context);
    context.header("Vary", "Accept, Accept-Encoding");
    if (gzip) {
      context.header("Content-Encoding", "gzip");
    }
    return gzip;
  }

  private static void sendBytes(Context context, String mediaType, byte[] body) throws IOException {
    boolean gzip = Accept.takesGzip(context);
    if (prepare(context, mediaType, tag(body, mediaType, gzip), gzip)) {
      try (OutputStream out = body(context, gzip)) {
        out.write(body);
      }
    }
  }

  /** Closes what it writes to at the end alone: an answer that breaks never ends as if whole. */
  private static void write(Answer answer, String form, OutputStream to) throws IOException {
    if (form.equals(CSV)) {
      CsvTable table = new CsvTable(to, answer.columns());
      answer.writeRows(table);
      table.close();
    } else {
      writeJson(answer, to);
    }
  }

  private static void writeJson(JsonBody answer, OutputStream to) throws IOException {
    JsonWriter json = new JsonWriter(to);
    answer.writeJson(json);
    json.close();
  }

  /** Sets the headers; whether a body has to follow. */
  private static boolean prepare(Context context, String mediaType, String tag, boolean gzip) {
    context
        .header("ETag", tag)
        .header("Cache-Control", "no-cache")
        .header("Vary", "Accept, Accept-Encoding");
    if (isKnown(context.header("If-None-Match"), tag)) {
      context.status(304);
      return false;
    }
    context.contentType(mediaType.equals(CSV) ? CSV + "; charset=utf-8" : mediaType);
    if (gzip) {
      context.header("Content-Encoding", "gzip");
    }
    return true;
  }

  private static boolean isKnown(@Nullable String header, String tag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .map(known -> known.startsWith("W/") ? known.substring(2) : known)
            .anyMatch(known -> known.equals(tag) || known.equals("*"));
  }

  private static OutputStream body(Context context, boolean gzip) throws IOException {
    OutputStream out = context.res().getOutputStream();
    return gzip ? new FastGzip(out) : out;
  }

  static String tag(byte[] content, String form, boolean gzip) {
    MessageDigest digest = sha256();
    digest.update(content);
    digest.update((form + gzip).getBytes(StandardCharsets.UTF_8));
    return '"' + HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES) + '"';
  }

  /**
   * Whether a body goes out; where only its headers were asked for, one without an end must not.
   */
  public static boolean wantsBody(Context context) {
    return context.req().getAttribute(HeadAsGet.ATTRIBUTE) == null;
  }

  /** The SHA-256 of some bytes. */
  public static byte[] sha256(byte[] content) {
    return sha256().digest(content);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String withoutCharset(String mediaType) {
    int semicolon = mediaType.indexOf(';');
    return semicolon < 0 ? mediaType : mediaType.substring(0, semicolon);
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
