package io.strikegrid.server.ingest;

import java.util.List;
import java.util.stream.Stream;

/** Values that no field can have, as JSON. */
public final class HostileValues {

  private HostileValues() {}

  /** Times that are none, or of no year that there is. */
  public static Stream<String> times() {
    return Stream.concat(
        numbers().filter(n -> !n.equals("5e-324")),
        Stream.of(
            "\"+999999999-12-31T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59-18:00\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"+10000-01-01T00:00:00Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"-0001-12-31T00:00:00Z\"",
            "\"2025-02-30T10:00:00Z\"",
            "\"2025-04-25T24:00:00Z\"",
            "\"2025-04-25T10:00:60Z\"",
            "\"2025-04-25T10:00:00+99:99\"",
            "\"2025-04-25T10:00:00\"",
            "\"2025-04-25\"",
            "\"9223372036854775807\"",
            "\"-9223372036854775808\"",
            "\"99999999999999999999999\"",
            "\"1e18\"",
            "\"\\u0661\\u0667\\u0664\\u0665\""));
  }

  /** Dates that are none, or of no expiry that there can be. */
  public static Stream<String> dates() {
    return Stream.of(
        "\"+999999999-12-31\"",
        "\"-999999999-01-01\"",
        "\"+10000-01-01\"",
        "\"0000-01-01\"",
        "\"2025-02-30\"",
        "\"2025-13-01\"",
        "\"20250529\"",
        "\"9999-12-31\"",
        "\"NaN\"",
        "1e18",
        "-1",
        "9223372036854775808",
        "true",
        "[]",
        "\"\\u0000\"");
  }

  /** Numbers that are none, or beyond what any field holds. */
  public static Stream<String> numbers() {
    return Stream.of(
        "1e18",
        "-1e18",
        "1e308",
        "1e309",
        "-1e400",
        "1e999999999",
        "-1",
        "-9223372036854775808",
        "9223372036854775808",
        "99999999999999999999999999999999999999999",
        "-99999999999999999999999999999999999999999",
        "\"NaN\"",
        "\"-NaN\"",
        "\"Infinity\"",
        "\"-Infinity\"",
        "\"0x10\"",
        "\"1e\"",
        "\"e1\"",
        "\"--1\"",
        "\"1.2.3\"",
        "\"1,000\"",
        "\"1 000\"",
        "\"\\u0663\"",
        "\"5d\"",
        "\"5f\"",
        "true",
        "false",
        "[]",
        "{}",
        "[1]");
  }

  /** Symbols that nobody has. */
  public static List<String> symbols() {
    return List.of(
        "\"\\u041dIFTY50\"",
        "\"NIFTY50\\u200b\"",
        "\"\\u202eNIFTY50\"",
        "\"NIFTY\\u001b[31m50\"",
        "\"NIFTY50\\u0000\"",
        "\"N\\u0130FTY50\"",
        "\"n\\u0131fty50\"",
        "\"\\ufb01nnifty\"",
        "\"\\uff2eIFTY50\"",
        "1e18",
        "-0",
        "true",
        "[]",
        "{\"a\": 1}");
  }
}
