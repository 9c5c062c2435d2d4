package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.ChainState;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.ListedExpiries;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Chains as of a time, each beside its own of another time where that is asked for. */
record DistributionView(Meta meta, long at, List<Compared> chains) implements Answer {

  /**
   * A chain of the answer.
   *
   * @param chain as of the time asked
   * @param then the same expiry's as of the other time; empty where none was asked for, or it was
   *     not listed on that day
   */
  record Compared(Chain chain, Optional<Chain> then) {

    private void write(JsonWriter out) throws IOException {
      out.startObject();
      chain.write(out);
      if (then.isPresent()) {
        out.startObject("compare");
        then.get().write(out);
        out.nothing("compare");
        out.endObject();
      } else {
        out.nothing("compare");
      }
      out.endObject();
    }
  }

  /**
   * A chain as of one time.
   *
   * @param snapshot what is known
   * @param listed expiries listed then
   * @param reference what open interest is compared with
   * @param history open interest of some minutes, where that was asked for
   * @param maxLevel strikes further from the money, or of unknown level, are left out of what is
   *     answered and summed; max pain and the figures at the money are the whole chain's
   */
  record Chain(
      Snapshot snapshot,
      ListedExpiries listed,
      OiChange reference,
      Optional<OiHistory> history,
      Optional<Integer> maxLevel) {

    private void write(JsonWriter out) throws IOException {
      GridPage page = snapshot.page();
      LocalDate expiry = page.key().expiry();
      LocalDate day = page.key().day();
      out.text("expiry", expiry.toString());
      out.startArray("labels");
      for (String label : listed.labelsOf(expiry)) {
        out.text(label);
      }
      out.endArray();
      out.whole("days_to_expiry", ChronoUnit.DAYS.between(day, expiry));
      out.number("bucket_time", snapshot.bucketTime());
      out.number("as_of", snapshot.value(BucketField.OBSERVED_AT));
      out.whole("contracts", snapshot.known().contracts());
      out.whole("carried", snapshot.known().carried(snapshot.timeframe()));
      out.number("underlying", snapshot.value(BucketField.UNDERLYING));
      out.text("underlying_source", snapshot.source().label());
      out.number("forward", snapshot.value(BucketField.FORWARD));
      out.number("rate", snapshot.value(BucketField.RATE));
      out.number("strike_gap", snapshot.gap().size());
      out.text("gap_source", snapshot.gap().source());
      writeFigures(out);
      reference.write(out);
      if (history.isPresent()) {
        history.get().write(out, this::isAnswered);
      } else {
        out.nothing("oi_history");
      }
      out.startArray("strikes");
      for (int k = 0; k < page.strikes(); k++) {
        if (isAnswered(k)) {
          writeStrike(out, k);
        }
      }
      out.endArray();
    }

    private void writeFigures(JsonWriter out) throws IOException {
      ChainState state =
          ChainState.of(
              snapshot.known(),
              snapshot.value(BucketField.UNDERLYING),
              snapshot.value(BucketField.FORWARD));
      Totals totals = Totals.of(snapshot, reference, this::isAnswered);
      out.number("atm_strike", state.atmStrike());
      out.number("atm_iv", state.atmIv());
      out.number("straddle", state.straddle());
      out.number("pcr", totals.pcr());
      out.number("pcr_volume", totals.pcrVolume());
      out.number("max_pain", state.maxPain());
      totals.write(out);
    }

    private void writeStrike(JsonWriter out, int k) throws IOException {
      OptionalInt level = snapshot.level(k, snapshot.bucket());
      out.startObject();
      out.number("strike", snapshot.page().strike(k));
      out.number("level", level.isPresent() ? level.getAsInt() : Double.NaN);
      out.text("label", level.isPresent() ? Moneyness.label(null, level.getAsInt()) : null);
      for (Side side : Side.values()) {
        SideCell.write(out, side, SideCell.of(snapshot, side, k, reference.of(side)));
      }
      out.endObject();
    }

    private void writeRows(CsvTable out) {
      GridPage page = snapshot.page();
      for (int k = 0; k < page.strikes(); k++) {
        if (isAnswered(k)) {
          OptionalInt level = snapshot.level(k, snapshot.bucket());
          out.text(page.key().expiry().toString())
              .number(snapshot.bucketTime())
              .number(page.strike(k))
              .number(level.isPresent() ? level.getAsInt() : Double.NaN)
              .text(level.isPresent() ? Moneyness.label(null, level.getAsInt()) : null);
          for (Side side : Side.values()) {
            SideCell.write(out, SideCell.of(snapshot, side, k, reference.of(side)));
          }
          out.end();
        }
      }
    }

    private boolean isAnswered(int k) {
      if (!snapshot.known().isKnown(k)) {
        return false;
      }
      OptionalInt level = snapshot.level(k, snapshot.bucket());
      return maxLevel.isEmpty()
          || (level.isPresent() && Math.abs(level.getAsInt()) <= maxLevel.get());
    }
  }

  @Override
  public Optional<String> version() {
    return Optional.of(meta.version());
  }

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    meta.write(out);
    out.whole("at", at);
    out.startArray("chains");
    for (Compared chain : chains) {
      chain.write(out);
    }
    out.endArray();
    out.endObject();
  }

  @Override
  public List<String> columns() {
    List<String> columns =
        new ArrayList<>(List.of("expiry", "bucket_time", "strike", "level", "label"));
    for (Side side : Side.values()) {
      columns.addAll(SideCell.columns(side));
    }
    return columns;
  }

  @Override
  public void writeRows(CsvTable out) {
    chains.forEach(one -> one.chain().writeRows(out));
  }
}
