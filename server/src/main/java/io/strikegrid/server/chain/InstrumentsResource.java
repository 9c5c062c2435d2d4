package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.InstrumentStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Contracts that were ever seen: {@code /fo/instruments/search}. */
final class InstrumentsResource {

  private static final Parameter<LocalDate> EXPIRY = Parameter.date("expiry");
  private static final Parameter<Side> TYPE =
      Parameter.oneOf("option_type", Arrays.asList(Side.values()), Side::label);
  private static final Parameter<Integer> LIMIT = Parameter.whole("limit", 1, 1000);
  private static final Parameter<Integer> OFFSET = Parameter.whole("offset", 0, 1_000_000);
  private static final int USUAL_LIMIT = 100;

  private final ChainSource source;
  private final Database database;

  InstrumentsResource(ChainSource source, Database database) {
    this.source = source;
    this.database = database;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context, ChainParameters.SYMBOL, EXPIRY, ChainParameters.STRIKE, TYPE, LIMIT, OFFSET);
    if (parameters.find(ChainParameters.SYMBOL).isEmpty()) {
      Caller.current().checkSymbol(null);
    }
    InstrumentStore.Search search =
        new InstrumentStore.Search(
            parameters
                .find(ChainParameters.SYMBOL)
                .map(symbol -> source.known(symbol).symbol())
                .orElse(null),
            parameters.find(EXPIRY).orElse(null),
            parameters.find(ChainParameters.STRIKE).orElse(null),
            parameters.find(TYPE).orElse(null));
    int limit = parameters.get(LIMIT, USUAL_LIMIT);
    int offset = parameters.get(OFFSET, 0);
    long total = InstrumentStore.count(database.jdbi(), search);
    List<InstrumentStore.Row> rows =
        offset >= total ? List.of() : InstrumentStore.find(database.jdbi(), search, limit, offset);
    Answers.send(context, new View(total, limit, offset, rows));
  }

  private OptionalInt lot(InstrumentStore.Row row) {
    Optional<Underlying> underlying = source.underlyings().apply(row.symbol());
    return underlying.isEmpty()
        ? OptionalInt.empty()
        : underlying.get().lot(row.expiry(), row.lastSeen());
  }

  private final class View implements Answer {
    private final long total;
    private final int limit;
    private final int offset;
    private final List<InstrumentStore.Row> rows;

    View(long total, int limit, int offset, List<InstrumentStore.Row> rows) {
      this.total = total;
      this.limit = limit;
      this.offset = offset;
      this.rows = rows;
    }

    @Override
    public void writeJson(JsonWriter out) throws IOException {
      out.startObject();
      out.whole("total", total);
      out.whole("limit", limit);
      out.whole("offset", offset);
      out.startArray("instruments");
      for (InstrumentStore.Row row : rows) {
        out.startObject();
        out.text("symbol", row.symbol());
        out.text("expiry", row.expiry().toString());
        out.number("strike", row.strike());
        out.text("option_type", row.optionType());
        out.whole("expiry_at", row.expiryAt());
        out.text("expiry_type", row.expiryType());
        out.number("strike_gap", row.strikeGap());
        OptionalInt lot = lot(row);
        out.number("lot_size", lot.isPresent() ? lot.getAsInt() : Double.NaN);
        out.text("first_seen", row.firstSeen().toString());
        out.text("last_seen", row.lastSeen().toString());
        out.endObject();
      }
      out.endArray();
      out.endObject();
    }

    @Override
    public List<String> columns() {
      return List.of(
          "symbol",
          "expiry",
          "strike",
          "option_type",
          "expiry_at",
          "expiry_type",
          "strike_gap",
          "lot_size",
          "first_seen",
          "last_seen");
    }

    @Override
    public void writeRows(CsvTable out) {
      for (InstrumentStore.Row row : rows) {
        OptionalInt lot = lot(row);
        out.text(row.symbol())
            .text(row.expiry().toString())
            .number(row.strike())
            .text(row.optionType())
            .whole(row.expiryAt())
            .text(row.expiryType())
            .number(row.strikeGap())
            .number(lot.isPresent() ? lot.getAsInt() : Double.NaN)
            .text(row.firstSeen().toString())
            .text(row.lastSeen().toString())
            .end();
      }
    }
  }
}
