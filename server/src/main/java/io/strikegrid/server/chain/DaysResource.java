package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.store.GenerationStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Trading days of a symbol that have bars: {@code /fo/days}. */
final class DaysResource {

  private final ChainSource source;

  DaysResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters = Parameters.of(context, ChainParameters.SYMBOL);
    Underlying underlying = source.withData(parameters.require(ChainParameters.SYMBOL));
    long now = source.now();
    List<Day> days =
        source.generations().days(underlying.symbol()).descendingMap().values().stream()
            .filter(GenerationStore.Row::hasBars)
            .map(row -> new Day(row, ChainSource.session(underlying, row.day()), now))
            .toList();
    Answers.send(context, new View(underlying, underlying.calendar().sessionFrom(now), days));
  }

  /**
   * One of them.
   *
   * @param session empty where the calendar has none on this day any more
   * @param now epoch seconds UTC
   */
  private record Day(GenerationStore.Row row, Optional<Session> session, long now) {

    private double open() {
      return session.isPresent() ? session.get().open() : Double.NaN;
    }

    private double close() {
      return session.isPresent() ? session.get().close() : Double.NaN;
    }

    private boolean isInSession() {
      return session.isPresent() && session.get().contains(now);
    }

    private void write(JsonWriter out) throws IOException {
      out.startObject();
      out.text("trading_day", row.day().toString());
      out.number("open", open());
      out.number("close", close());
      out.whole("generation", row.generation());
      out.flag("simulated", row.simulated());
      out.flag("in_session", isInSession());
      out.endObject();
    }

    private void writeRow(CsvTable out) {
      out.text(row.day().toString())
          .number(open())
          .number(close())
          .whole(row.generation())
          .text(Boolean.toString(row.simulated()))
          .text(Boolean.toString(isInSession()))
          .end();
    }
  }

  private record View(Underlying underlying, Optional<Session> session, List<Day> days)
      implements Answer {

    @Override
    public void writeJson(JsonWriter out) throws IOException {
      out.startObject();
      out.text("symbol", underlying.symbol());
      out.text("zone", underlying.calendar().zone().getId());
      if (session.isPresent()) {
        out.startObject("session");
        out.text("trading_day", session.get().day().toString());
        out.whole("open", session.get().open());
        out.whole("close", session.get().close());
        out.endObject();
      } else {
        out.nothing("session");
      }
      out.startArray("days");
      for (Day day : days) {
        day.write(out);
      }
      out.endArray();
      out.endObject();
    }

    @Override
    public List<String> columns() {
      return List.of("trading_day", "open", "close", "generation", "simulated", "in_session");
    }

    @Override
    public void writeRows(CsvTable out) {
      days.forEach(day -> day.writeRow(out));
    }
  }
}
