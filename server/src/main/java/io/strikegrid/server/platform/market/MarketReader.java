package io.strikegrid.server.platform.market;

import static io.strikegrid.server.platform.market.RuleReader.checked;

import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.time.Hours;
import io.strikegrid.engine.time.TradingCalendar;
import io.strikegrid.server.platform.yaml.YamlNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads one market: its calendar and its defaults. */
final class MarketReader {

  private static final String TIME = "a time of day such as \"09:15\"";
  private static final String MINUTES = "a whole number of minutes";

  private MarketReader() {}

  static Optional<Market> read(String name, YamlNode node) {
    node.allow(
        "calendar",
        "whole_units",
        "spot_is_forward",
        "forward",
        "tick",
        "forward_within",
        "expiry_rules",
        "carry");
    boolean wholeUnits =
        node.required("whole_units", "true or false", RuleReader::parseFlag, false);
    boolean spotIsForward =
        node.required("spot_is_forward", "true or false", RuleReader::parseFlag, false);
    PricingRules pricing =
        RuleReader.pricing(node, PricingRules.USUAL.withSpotForward(spotIsForward));
    var expiryRules =
        node.requiredChild("expiry_rules").map(RuleReader::expiryRules).orElse(List.of());
    var carry = node.requiredChild("carry").map(RuleReader::carry).orElse(List.of());
    return node.requiredChild("calendar")
        .flatMap(calendar -> calendar(name, calendar))
        .flatMap(calendar ->
            checked(node, () -> new Market(calendar, wholeUnits, pricing, expiryRules, carry)));
  }

  private static Optional<TradingCalendar> calendar(String name, YamlNode node) {
    node.allow(
        "zone",
        "weekdays",
        "open",
        "length_minutes",
        "expiry_time",
        "holidays",
        "special_sessions");
    ZoneId zone =
        node.required("zone", "a time zone such as Asia/Kolkata", ZoneId::of, ZoneOffset.UTC);
    Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    node.requiredChild("weekdays")
        .ifPresent(list -> list.items().forEach(item -> weekdays.add(RuleReader.weekday(item))));
    LocalTime open = open(node);
    Duration length = length(node);
    LocalTime expiryTime = node.required("expiry_time", TIME, LocalTime::parse, LocalTime.NOON);
    Map<LocalDate, String> holidays = new HashMap<>();
    eachDate(
        node,
        "holidays",
        (date, item) -> holidays.put(date, item.scalar("a reason", text -> text, "")));
    Map<LocalDate, Hours> special = new HashMap<>();
    eachDate(
        node,
        "special_sessions",
        (date, item) -> hours(item).ifPresent(hours -> special.put(date, hours)));
    return checked(
        node,
        () ->
            new TradingCalendar(name, zone, weekdays, holidays, special, open, length, expiryTime));
  }

  private static Optional<Hours> hours(YamlNode node) {
    node.allow("open", "length_minutes");
    LocalTime open = open(node);
    Duration length = length(node);
    return checked(node, () -> new Hours(open, length));
  }

  private static LocalTime open(YamlNode node) {
    return node.required("open", TIME, LocalTime::parse, LocalTime.MIDNIGHT);
  }

  private static Duration length(YamlNode node) {
    return Duration.ofMinutes(node.required("length_minutes", MINUTES, Integer::parseInt, 1));
  }

  private static void eachDate(
      YamlNode calendar, String key, BiConsumer<LocalDate, YamlNode> take) {
    Map<String, YamlNode> entries = calendar.child(key).map(YamlNode::entries).orElse(Map.of());
    for (Map.Entry<String, YamlNode> entry : entries.entrySet()) {
      try {
        take.accept(LocalDate.parse(entry.getKey()), entry.getValue());
      } catch (DateTimeParseException refused) {
        calendar.problems().add(entry.getValue().where(), "key must be a date such as 2025-05-01");
      }
    }
  }
}
