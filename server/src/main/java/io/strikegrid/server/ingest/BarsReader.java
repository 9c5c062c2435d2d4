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
import java.time.InstantSource;
import java.time.LocalDate;
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
  private static final long LEEWAY_MILLIS = 60_000;

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
    Underlying underlying = ContractCheck.underlying(markets, "symbol", text(json, "symbol"));
    String shown = text(json, "bucket_time");
    long bucket = bucket(shown);
    Session session = ContractCheck.session(underlying, bucket, "bucket_time", shown);
    LocalDate expiry = ContractCheck.expiry("expiry", text(json, "expiry"), session.day());
    ContractCheck.notExpired(underlying, expiry, bucket, "bucket_time", shown);
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
    return Numbers.value(field, name, json.asText());
  }

  private long bucket(String text) throws RefusedRow {
    long bucket;
    try {
      bucket =
          text.matches("\\d{1,12}") ? Long.parseLong(text) : IsoTime.parse(text).getEpochSecond();
    } catch (DateTimeException e) {
      throw new RefusedRow("bad_time", "bucket_time", text, TIME_RULE);
    }
    if (bucket % 60 != 0) {
      throw new RefusedRow("bad_time", "bucket_time", text, TIME_RULE);
    }
    ContractCheck.time(bucket * 1000, clock, LEEWAY_MILLIS, "bucket_time", text, TIME_RULE);
    return bucket;
  }

  private static String text(JsonNode json, String member) throws RefusedRow {
    JsonNode value = json.get(member);
    if (value == null || !value.isValueNode() || value.isNull()) {
      throw new RefusedRow("missing_field", member, value == null ? "" : value.toString(), "given");
    }
    return within(member, value.asText());
  }

  private static String within(String member, String text) throws RefusedRow {
    if (text.length() > ItemBounds.LONGEST_TEXT) {
      throw new RefusedRow(
          "too_long", member, text, "of at most " + ItemBounds.LONGEST_TEXT + " characters");
    }
    return text;
  }
}
