package io.strikegrid.server.platform.market;

import static io.strikegrid.server.platform.market.RuleReader.checked;

import io.strikegrid.engine.market.CarryRule;
import io.strikegrid.engine.market.ExpiryRule;
import io.strikegrid.engine.market.LotRule;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.TradingCalendar;
import io.strikegrid.server.platform.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads one underlying; what it leaves out is its market's. */
final class UnderlyingReader {

  private static final String[] KEYS = {
    "market",
    "name",
    "aliases",
    "strike_gap",
    "expiry_rules",
    "lots",
    "carry",
    "whole_units",
    "spot_is_forward",
    "forward",
    "tick",
    "forward_within"
  };

  private UnderlyingReader() {}

  static Optional<Underlying> read(String symbol, YamlNode node, Map<String, Market> markets) {
    node.allow(KEYS);
    return market(node, markets).flatMap(market -> read(symbol, node, market));
  }

  private static Optional<Underlying> read(String symbol, YamlNode node, Market market) {
    String name = node.optional("name", "a name", text -> text, symbol);
    OptionalDouble gap =
        node.optional("strike_gap", "a number", UnderlyingReader::parseGap, OptionalDouble.empty());
    List<ExpiryRule> expiryRules =
        node.child("expiry_rules").map(RuleReader::expiryRules).orElse(market.expiryRules());
    List<LotRule> lots = node.child("lots").map(RuleReader::lots).orElse(List.of());
    List<CarryRule> carry = node.child("carry").map(RuleReader::carry).orElse(market.carry());
    boolean wholeUnits =
        node.optional("whole_units", "true or false", RuleReader::parseFlag, market.wholeUnits());
    PricingRules pricing = RuleReader.pricing(node, market.pricing());
    TradingCalendar calendar = market.calendar();
    return checked(
        node,
        () ->
            new Underlying(
                symbol,
                name,
                calendar.name(),
                calendar,
                gap,
                expiryRules,
                lots,
                carry,
                wholeUnits,
                pricing));
  }

  private static Optional<Market> market(YamlNode node, Map<String, Market> markets) {
    Optional<YamlNode> child = node.requiredChild("market");
    String name = child.map(one -> one.scalar("a market", text -> text, "")).orElse("");
    Optional<Market> market = Optional.ofNullable(markets.get(name));
    if (market.isEmpty() && !name.isEmpty()) {
      String known = String.join(", ", markets.keySet().stream().sorted().toList());
      node.problems().add(node.where() + ".market", "must be one of " + known + "; have " + name);
    }
    return market;
  }

  static List<String> aliases(YamlNode node) {
    return node.child("aliases").map(YamlNode::items).orElse(List.of()).stream()
        .map(item -> item.scalar("a name", text -> text, ""))
        .filter(alias -> !alias.isBlank())
        .toList();
  }

  private static OptionalDouble parseGap(String text) {
    return OptionalDouble.of(Double.parseDouble(text));
  }
}
