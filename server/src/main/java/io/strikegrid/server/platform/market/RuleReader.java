package io.strikegrid.server.platform.market;

import io.strikegrid.engine.market.CarryRule;
import io.strikegrid.engine.market.ExpiryRule;
import io.strikegrid.engine.market.LotRule;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.server.platform.yaml.YamlNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rules that markets and underlyings have in common, and the scalars they are made of.
 */
final class RuleReader {

  static final LocalDate NO_END = LocalDate.of(9999, 12, 31);

  private static final String DATE = "a date such as 2025-09-01";
  private static final String WEEKDAY = "a weekday such as thursday";
  private static final LocalDate SOME_DATE = LocalDate.EPOCH;

  private RuleReader() {}

  static List<ExpiryRule> expiryRules(YamlNode node) {
    return each(node, RuleReader::expiryRule);
  }

  static List<LotRule> lots(YamlNode node) {
    return each(node, RuleReader::lotRule);
  }

  static List<CarryRule> carry(YamlNode node) {
    return each(node, RuleReader::carryRule);
  }

  /** What a market or an underlying says of its pricing; what it leaves out is as it was. */
  static PricingRules pricing(YamlNode node, PricingRules absent) {
    boolean isSpotForward =
        node.optional(
            "spot_is_forward", "true or false", RuleReader::parseFlag, absent.isSpotForward());
    boolean isQuoted =
        node.optional(
            "forward", "parity or quoted", RuleReader::parseForward, absent.isForwardQuoted());
    double tick = node.optional("tick", "a price", Double::parseDouble, absent.tick());
    Optional<YamlNode> within = node.child("forward_within");
    within.ifPresent(one -> one.allow("base", "per_year"));
    double away =
        within
            .map(one -> one.required("base", "a fraction", Double::parseDouble, absent.away()))
            .orElse(absent.away());
    double perYear =
        within
            .map(one ->
                one.required("per_year", "a fraction", Double::parseDouble, absent.awayPerYear()))
            .orElse(absent.awayPerYear());
    return checked(node, () -> new PricingRules(isQuoted, isSpotForward, tick, away, perYear))
        .orElse(absent);
  }

  private static boolean parseForward(String text) {
    return switch (text) {
      case "quoted" -> true;
      case "parity" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  static LocalDate date(YamlNode node, String key) {
    return node.required(key, DATE, LocalDate::parse, SOME_DATE);
  }

  static DayOfWeek weekday(YamlNode node) {
    return node.scalar(WEEKDAY, RuleReader::parseWeekday, DayOfWeek.MONDAY);
  }

  static boolean parseFlag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** Makes a value whose constructor checks it; what it refuses is a fault of the node. */
  static <T> Optional<T> checked(YamlNode node, Supplier<T> make) {
    try {
      return Optional.of(make.get());
    } catch (IllegalArgumentException refused) {
      node.problems().add(node.where(), String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<ExpiryRule> expiryRule(YamlNode node) {
    node.allow("from", "weekly", "monthly");
    @Nullable DayOfWeek weekly = node.child("weekly").map(RuleReader::weekday).orElse(null);
    DayOfWeek monthly =
        node.required("monthly", WEEKDAY, RuleReader::parseWeekday, DayOfWeek.MONDAY);
    LocalDate from = date(node, "from");
    return checked(node, () -> new ExpiryRule(from, weekly, monthly));
  }

  private static Optional<LotRule> lotRule(YamlNode node) {
    node.allow("expiry_from", "expiry_to", "date_from", "lot");
    LocalDate expiryFrom = date(node, "expiry_from");
    LocalDate expiryTo = node.optional("expiry_to", DATE, LocalDate::parse, NO_END);
    LocalDate dateFrom = date(node, "date_from");
    int lot = node.required("lot", "a whole number", Integer::parseInt, 1);
    return checked(node, () -> new LotRule(expiryFrom, expiryTo, dateFrom, lot));
  }

  private static Optional<CarryRule> carryRule(YamlNode node) {
    node.allow("from", "rate", "yield");
    LocalDate from = date(node, "from");
    double rate = node.required("rate", "a number", Double::parseDouble, 0.0);
    double yield = node.required("yield", "a number", Double::parseDouble, 0.0);
    return checked(node, () -> new CarryRule(from, rate, yield));
  }

  private static <T> List<T> each(YamlNode node, Function<YamlNode, Optional<T>> read) {
    List<T> values = new ArrayList<>();
    node.items().forEach(item -> read.apply(item).ifPresent(values::add));
    return values;
  }

  private static DayOfWeek parseWeekday(String text) {
    return DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
