package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.store.GenerationStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Every symbol that has bars: {@code /fo/symbols}. */
final class SymbolsResource {

  private final ChainSource source;
  private final Map<String, String> aliases;

  /**
   * The symbols of a source.
   *
   * @param aliases the symbol of each alias, in order
   */
  SymbolsResource(ChainSource source, Map<String, String> aliases) {
    this.source = source;
    this.aliases = aliases;
  }

  void answer(Context context) throws IOException {
    Parameters.of(context);
    List<Stored> symbols = new ArrayList<>();
    for (String symbol : new TreeSet<>(source.generations().symbols())) {
      if (Caller.current().covers(symbol)) {
        stored(symbol).ifPresent(symbols::add);
      }
    }
    Answers.send(context, new View(symbols));
  }

  /** What is stored of a symbol; empty where that is nothing, or nobody knows its rules. */
  private Optional<Stored> stored(String symbol) {
    Generations generations = source.generations();
    List<LocalDate> days = generations.barDays(symbol);
    if (days.isEmpty()) {
      return Optional.empty();
    }
    boolean isSimulated =
        generations.find(symbol, days.getLast()).map(GenerationStore.Row::simulated).orElse(false);
    return source
        .underlyings()
        .apply(symbol)
        .map(underlying -> new Stored(underlying, aliases(symbol), days, isSimulated));
  }

  private List<String> aliases(String symbol) {
    return aliases.entrySet().stream()
        .filter(alias -> alias.getValue().equals(symbol))
        .map(Map.Entry::getKey)
        .toList();
  }

  private record Stored(
      Underlying underlying, List<String> aliases, List<LocalDate> days, boolean isSimulated) {

    private void write(JsonWriter out) throws IOException {
      out.startObject();
      out.text("symbol", underlying.symbol());
      out.text("name", underlying.name());
      out.startArray("aliases");
      for (String alias : aliases) {
        out.text(alias);
      }
      out.endArray();
      out.text("market", underlying.market());
      out.text("zone", underlying.calendar().zone().getId());
      out.text("first_day", days.getFirst().toString());
      out.text("newest_day", days.getLast().toString());
      out.whole("days", days.size());
      out.flag("simulated", isSimulated);
      out.number("strike_gap", underlying.strikeGap());
      out.endObject();
    }

    private void writeRow(CsvTable out) {
      out.text(underlying.symbol())
          .text(underlying.name())
          .text(String.join(";", aliases))
          .text(underlying.market())
          .text(underlying.calendar().zone().getId())
          .text(days.getFirst().toString())
          .text(days.getLast().toString())
          .whole(days.size())
          .text(Boolean.toString(isSimulated))
          .number(underlying.strikeGap())
          .end();
    }
  }

  private record View(List<Stored> symbols) implements Answer {

    @Override
    public void writeJson(JsonWriter out) throws IOException {
      out.startObject();
      out.startArray("symbols");
      for (Stored symbol : symbols) {
        symbol.write(out);
      }
      out.endArray();
      out.endObject();
    }

    @Override
    public List<String> columns() {
      return List.of(
          "symbol",
          "name",
          "aliases",
          "market",
          "zone",
          "first_day",
          "newest_day",
          "days",
          "simulated",
          "strike_gap");
    }

    @Override
    public void writeRows(CsvTable out) {
      symbols.forEach(symbol -> symbol.writeRow(out));
    }
  }
}
