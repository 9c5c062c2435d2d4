package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of the forms that can be given the client wants: RFC 9110 section 12.5. */
final class Accept {

  private Accept() {}

  /**
   * The media type to answer in: the one wanted most, the first offered among equals.
   *
   * @param offered media types without parameters
   * @throws Problem where the client accepts none of them
   */
  static String mediaType(Context context, List<String> offered) {
    String header = context.header("Accept");
    if (header == null || header.isBlank()) {
      return offered.getFirst();
    }
    String best = null;
    double bestWeight = 0;
    for (String type : offered) {
      double weight = weight(header, type);
      if (weight > bestWeight) {
        best = type;
        bestWeight = weight;
      }
    }
    if (best == null) {
      throw new Problem(
          ProblemCode.NOT_ACCEPTABLE,
          "this answer cannot be given as " + Problem.shown(header),
          "Accept",
          header,
          String.join(", ", offered));
    }
    return best;
  }

  /** Whether the client takes gzip. */
  static boolean takesGzip(Context context) {
    String header = context.header("Accept-Encoding");
    return header != null && weight(header, "gzip") > 0;
  }

  /** Weight of the most specific range that fits, 0 to 1; 0 where none fits. */
  private static double weight(String header, String type) {
    int slash = type.indexOf('/');
    String family = slash < 0 ? "*" : type.substring(0, slash) + "/*";
    double weight = 0;
    int specific = -1;
    for (String part : header.split(",", 64)) {
      String[] pieces = part.split(";", 16);
      String range = pieces[0].strip().toLowerCase(Locale.ROOT);
      int fits = range.equals(type) ? 2 : range.equals(family) ? 1 : isAny(range) ? 0 : -1;
      if (fits > specific) {
        specific = fits;
        weight = quality(pieces);
      }
    }
    return weight;
  }

  private static boolean isAny(String range) {
    return range.equals("*/*") || range.equals("*");
  }

  private static double quality(@Nullable String[] pieces) {
    for (int i = 1; i < pieces.length; i++) {
      String piece = String.valueOf(pieces[i]).strip().toLowerCase(Locale.ROOT);
      if (piece.matches("q=[01](\\.\\d{0,3})?")) {
        return Double.parseDouble(piece.substring(2));
      }
    }
    return 1;
  }
}
