package io.strikegrid.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ingest.profile.FieldName;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads bars of a JSON body. Their members are the columns of the {@code strikegrid} profile. */
final class BarsReader {

  private static final String TIME_RULE =
      "the start of a minute from 1990 on, as epoch seconds or ISO-8601 with an offset";
  private static final Set<String> KEYS = Set.of("bucket_time", "symbol", "expiry", "strike");
  private static final long LEEWAY_SECONDS = 60;

  private final MarketCatalog markets;
  private final InstantSource clock;
  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> members = new HashSet<>(KEYS);

  private record Place(Optional<Side> side, FieldName field) {}

  BarsReader(MarketCatalog markets, InstantSource clock, Profile ours) {
    this.markets = markets;
    this.clock = clock;
    for (Profile.Field field : ours.fields()) {
      boolean shared = field.call().equals(field.put());
      for (Side side : Side.values()) {
        Optional<Side> of = shared ? Optional.empty() : Optional.of(side);
        field.columns(side).forEach(name -> places.put(name, new Place(of, field.name())));
      }
    }
    members.addAll(places.keySet());
  }

  /**
   * A bar that was read.
   *
   * @param underlying what its contracts are on
   * @param session the trading session that it belongs to
   * @param expiry date of expiry
   * @param sides its two sides
   */
  record Bar(Underlying underlying, Session session, LocalDate expiry, List<Observation> sides) {}

  /** Reads a bar at a position of the body. */
  Bar read(int index, JsonNode json) throws RefusedRow {
    if (!json.isObject()) {
      throw new RefusedRow("bad_bar", "bar", json.toString(), "an object");
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!members.contains(member.getKey())) {
        throw new RefusedRow(
            "unknown_field", member.getKey(), member.getValue().toString(), "left out");
      }
    }
    Underlying underlying = underlying(json);
    long bucket = bucket(json);
    Session session = session(underlying, bucket, text(json, "bucket_time"));
    LocalDate expiry = expiry(json, session.day());
    if (bucket >= underlying.calendar().expiryAt(expiry).getEpochSecond()) {
      String expired = "before the option expires at " + underlying.calendar().expiryAt(expiry);
      throw new RefusedRow("after_expiry", "bucket_time", text(json, "bucket_time"), expired);
    }
    double strike = Numbers.positive("strike", text(json, "strike"));
    Map<Side, double[]> values = values(json);
    List<Observation> sides = new ArrayList<>();
    for (Side side : Side.values()) {
      double[] ofSide = values.getOrDefault(side, new double[0]);
      RowCheck.counts(ofSide, side);
      sides.add(
          new Observation(
              strike,
              side,
              bucket * 1000,
              bucket,
              index,
              Arrays.copyOf(ofSide, ObservationField.values().length)));
    }
    if (sides.stream().allMatch(Observation::isEmpty)) {
      throw new RefusedRow("no_value", "bar", "{}", "known on at least one side");
    }
    return new Bar(underlying, session, expiry, sides);
  }

  private Map<Side, double[]> values(JsonNode json) throws RefusedRow {
    Map<Side, double[]> values = new HashMap<>();
    for (Side side : Side.values()) {
      double[] unknown = new double[FieldName.values().length];
      Arrays.fill(unknown, Double.NaN);
      values.put(side, unknown);
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      Place place = places.get(member.getKey());
      if (place != null && !member.getValue().isNull()) {
        double value = number(place.field(), member.getKey(), member.getValue());
        values.forEach((side, ofSide) -> {
          if (place.side().isEmpty() || place.side().get() == side) {
            ofSide[place.field().ordinal()] = value;
          }
        });
      }
    }
    return values;
  }

  private static double number(FieldName field, String name, JsonNode json) throws RefusedRow {
    if (!json.isNumber()) {
      throw new RefusedRow("bad_number", name, json.toString(), "a number or null");
    }
    double value = Numbers.read(name, json.asText());
    if (value < 0 && !field.isSigned()) {
      throw new RefusedRow("negative_value", name, json.toString(), "0 or more");
    }
    return value;
  }

  private Underlying underlying(JsonNode json) throws RefusedRow {
    String symbol = text(json, "symbol");
    return markets
        .find(symbol)
        .orElseThrow(
            () -> new RefusedRow("unknown_symbol", "symbol", symbol, "a configured symbol"));
  }

  private long bucket(JsonNode json) throws RefusedRow {
    String text = text(json, "bucket_time");
    long bucket;
    try {
      bucket =
          text.matches("\\d{1,12}")
              ? Long.parseLong(text)
              : OffsetDateTime.parse(text).toInstant().getEpochSecond();
    } catch (DateTimeException e) {
      throw new RefusedRow("bad_time", "bucket_time", text, TIME_RULE);
    }
    if (bucket % 60 != 0 || bucket < Formats.EARLIEST) {
      throw new RefusedRow("bad_time", "bucket_time", text, TIME_RULE);
    }
    if (bucket > clock.instant().getEpochSecond() + LEEWAY_SECONDS) {
      throw new RefusedRow("in_future", "bucket_time", text, "not after now");
    }
    return bucket;
  }

  private static Session session(Underlying underlying, long bucket, String shown)
      throws RefusedRow {
    LocalDate day = underlying.calendar().dayOf(bucket);
    Optional<Session> session = underlying.calendar().session(day);
    if (session.isEmpty()) {
      throw new RefusedRow(
          RowFate.CLOSED_DAY.label(),
          "bucket_time",
          shown,
          "on a trading day (closed: "
              + underlying.calendar().closedBecause(day).orElse("no session")
              + ")");
    }
    if (!session.get().contains(bucket)) {
      throw new RefusedRow(
          RowFate.OUTSIDE_SESSION.label(),
          "bucket_time",
          shown,
          "within the session from "
              + Instant.ofEpochSecond(session.get().open())
              + " to "
              + Instant.ofEpochSecond(session.get().close()));
    }
    return session.get();
  }

  private static LocalDate expiry(JsonNode json, LocalDate day) throws RefusedRow {
    String text = text(json, "expiry");
    LocalDate expiry;
    try {
      expiry = LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new RefusedRow("bad_date", "expiry", text, "a date like yyyy-MM-dd");
    }
    if (expiry.isBefore(day) || expiry.getYear() > day.getYear() + 50) {
      throw new RefusedRow("after_expiry", "expiry", text, "from " + day + " to 50 years later");
    }
    return expiry;
  }

  private static String text(JsonNode json, String member) throws RefusedRow {
    JsonNode value = json.get(member);
    if (value == null || !value.isValueNode() || value.isNull()) {
      throw new RefusedRow("missing_field", member, value == null ? "" : value.toString(), "given");
    }
    return value.asText();
  }
}
