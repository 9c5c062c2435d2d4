package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.ExpiryCalendar;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.view.ListedExpiries;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Listed expiries as of a date: {@code /fo/expiries}. */
final class ExpiriesResource {

  private final ChainSource source;

  ExpiriesResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters = Parameters.of(context, ChainParameters.SYMBOL, ChainParameters.AT_DATE);
    Underlying underlying = source.withData(parameters.require(ChainParameters.SYMBOL));
    Optional<LocalDate> asked = parameters.find(ChainParameters.AT_DATE);
    LocalDate until = asked.orElseGet(() -> underlying.calendar().dayOf(source.now()));
    String sent = parameters.sent(ChainParameters.AT_DATE);
    LocalDate day = source.newestDay(underlying, until, "at", sent);
    Session session =
        ChainSource.session(underlying, day)
            .orElseThrow(() ->
                source.noData(underlying, "on " + day + ", a day without a session", "at", sent));
    ListedExpiries listed =
        asked.isPresent()
            ? source.listed(underlying, session).at(underlying.calendar().startOf(until))
            : source.listed(underlying, session);
    LocalDate at = asked.orElse(day);
    try (Work work = Work.of(source, context)) {
      Answers.send(
          context, new View(underlying, at, listed, meta(work, underlying, session, listed)));
    }
  }

  private static Meta meta(
      Work work, Underlying underlying, Session session, ListedExpiries listed) {
    Meta meta = new Meta(underlying, Timeframe.MIN1);
    meta.depend("listed " + listed.version());
    listed.calendar().onOrAfter(session.day()).stream()
        .limit(1)
        .map(nearest -> {
          PageKey key = new PageKey(underlying.symbol(), nearest, Timeframe.MIN1, session.day());
          work.admitChains(Map.of(key, session), 0);
          return work.bars(underlying, nearest, Timeframe.MIN1, session);
        })
        .filter(bars -> bars.page().buckets() > 0)
        .forEach(bars -> {
          meta.add(bars);
          meta.seen(bars.page().bucketStart(bars.page().buckets() - 1));
        });
    return meta;
  }

  private record View(Underlying underlying, LocalDate at, ListedExpiries expiries, Meta meta)
      implements Answer {

    @Override
    public void writeJson(JsonWriter out) throws IOException {
      out.startObject();
      meta.write(out);
      out.text("at", at.toString());
      out.startArray("expiries");
      ExpiryCalendar listed = expiries.calendar();
      for (LocalDate expiry : listed.from(expiries.at())) {
        out.startObject();
        out.text("expiry", expiry.toString());
        out.whole("expiry_at", expiryAt(expiry));
        out.text("type", listed.typeOf(expiry).label());
        out.flag("quarterly", listed.isQuarterly(expiry));
        out.flag("inferred", listed.isInferred(expiry));
        out.startArray("labels");
        for (String label : expiries.labelsOf(expiry)) {
          out.text(label);
        }
        out.endArray();
        out.whole("days_to_expiry", ChronoUnit.DAYS.between(at, expiry));
        OptionalInt lot = underlying.lot(expiry, at);
        if (lot.isPresent()) {
          out.whole("lot_size", lot.getAsInt());
        } else {
          out.nothing("lot_size");
        }
        out.endObject();
      }
      out.endArray();
      out.endObject();
    }

    private long expiryAt(LocalDate expiry) {
      return underlying.calendar().expiryAt(expiry).getEpochSecond();
    }

    @Override
    public List<String> columns() {
      return List.of(
          "expiry",
          "expiry_at",
          "type",
          "quarterly",
          "inferred",
          "labels",
          "days_to_expiry",
          "lot_size");
    }

    @Override
    public void writeRows(CsvTable out) {
      ExpiryCalendar listed = expiries.calendar();
      for (LocalDate expiry : listed.from(expiries.at())) {
        OptionalInt lot = underlying.lot(expiry, at);
        out.text(expiry.toString())
            .whole(expiryAt(expiry))
            .text(listed.typeOf(expiry).label())
            .text(Boolean.toString(listed.isQuarterly(expiry)))
            .text(Boolean.toString(listed.isInferred(expiry)))
            .text(String.join(" ", expiries.labelsOf(expiry)))
            .whole(ChronoUnit.DAYS.between(at, expiry))
            .text(lot.isPresent() ? Integer.toString(lot.getAsInt()) : null)
            .end();
      }
    }
  }
}
