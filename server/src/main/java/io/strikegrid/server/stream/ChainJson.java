package io.strikegrid.server.stream;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.PartTime;
import io.strikegrid.server.view.SideField;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Writes chains, and parts of them, as they stand in messages. */
final class ChainJson {

  private static final List<BucketField> FIGURES =
      List.of(
          BucketField.FORWARD,
          BucketField.RATE,
          BucketField.PCR,
          BucketField.PCR_VOLUME,
          BucketField.MAX_PAIN,
          BucketField.CALL_OI,
          BucketField.PUT_OI,
          BucketField.CALL_VOLUME_DAY,
          BucketField.PUT_VOLUME_DAY,
          BucketField.ATM_IV,
          BucketField.STRADDLE,
          BucketField.CONTRACTS,
          BucketField.CARRIED);

  private final JsonWriter out;
  private final StreamQuery query;
  private final List<PartTime> parts;

  ChainJson(JsonWriter out, StreamQuery query) {
    this.out = out;
    this.query = query;
    this.parts = query.parts();
  }

  /** A chain as it is known now. */
  void chain(ChainPage chain, List<String> asked) throws IOException {
    start(chain);
    out.startArray("asked");
    for (String text : asked) {
      out.text(text);
    }
    out.endArray();
    out.text("gap_source", chain.gap().source());
    figures(chain, chain.newest());
    int[] strikes =
        IntStream.range(0, chain.page().strikes())
            .filter(k -> chain.isAsked(query, chain.newest(), k))
            .toArray();
    known("strikes", chain, strikes);
    out.endObject();
  }

  /** What changed of a chain. */
  void delta(ChainDelta delta) throws IOException {
    ChainPage chain = delta.change().after();
    start(chain);
    out.startArray("buckets");
    for (ChainDelta.Part part : delta.parts()) {
      bucket(chain, part.bucket().number(), part.bucket().whole(), part.strikes());
    }
    out.endArray();
    known("known", chain, delta.known());
    out.startArray("gone");
    for (double strike : delta.gone()) {
      out.number(strike);
    }
    out.endArray();
    out.endObject();
  }

  /** The buckets that still run. */
  void running(ChainPage chain, int first) throws IOException {
    start(chain);
    out.startArray("buckets");
    for (int b = first; b < chain.page().buckets(); b++) {
      int bucket = b;
      int[] strikes =
          IntStream.range(0, chain.page().strikes())
              .filter(k -> chain.isAsked(query, bucket, k))
              .toArray();
      bucket(chain, bucket, true, strikes);
    }
    out.endArray();
    out.endObject();
  }

  private void start(ChainPage chain) throws IOException {
    out.startObject();
    out.text("expiry", chain.page().key().expiry().toString());
    out.whole("generation", chain.generation());
    out.number("strike_gap", chain.gap().size());
  }

  private void bucket(ChainPage chain, int bucket, boolean whole, int[] strikes)
      throws IOException {
    out.startObject();
    figures(chain, bucket);
    out.flag("whole", whole);
    out.startArray("strikes");
    for (int k : strikes) {
      strike(chain, bucket, k);
      for (Side side : Side.values()) {
        if (query.sides().has(side)) {
          cell(chain, side, bucket, k);
        }
      }
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }

  private void figures(ChainPage chain, int bucket) throws IOException {
    out.number("bucket_time", bucket < 0 ? Double.NaN : chain.page().bucketStart(bucket));
    out.number("as_of", chain.figure(BucketField.OBSERVED_AT, bucket));
    out.number("underlying", chain.underlying(bucket));
    double source = chain.figure(BucketField.UNDERLYING_SOURCE, bucket);
    out.text(
        "underlying_source",
        (Double.isNaN(source) ? UnderlyingSource.NONE : UnderlyingSource.values()[(int) source])
            .label());
    for (BucketField field : FIGURES) {
      out.number(field.column(), chain.figure(field, bucket));
    }
  }

  private void strike(ChainPage chain, int bucket, int k) throws IOException {
    OptionalInt level = chain.level(bucket, k);
    out.startObject();
    out.number("strike", chain.page().strike(k));
    out.number("level", level.isPresent() ? level.getAsInt() : Double.NaN);
  }

  private void cell(ChainPage chain, Side side, int bucket, int k) throws IOException {
    if (!chain.isKnown(side, bucket, k)) {
      out.nothing(side.label());
      return;
    }
    out.startObject(side.label());
    if (chain.page().isObserved(side, bucket, k)) {
      tells(chain, side, bucket, k);
    } else {
      out.flag("carried", true);
    }
    ivSource(chain.page().isFeedIv(side, bucket, k));
    for (SideField measure : query.measures()) {
      measure.writeNamed(out, chain.page().at(side, measure.field(), bucket, k));
    }
    out.endObject();
  }

  /** Writes which parts the bar tells of, where those are not all that are asked for. */
  private void tells(ChainPage chain, Side side, int bucket, int k) throws IOException {
    List<PartTime> told =
        parts.stream().filter(one -> chain.tells(side, one.part(), bucket, k)).toList();
    if (told.size() < parts.size()) {
      out.startArray("tells");
      for (PartTime one : told) {
        out.text(one.name());
      }
      out.endArray();
    }
  }

  /** Says that a feed gave the IV, where that is asked for. */
  private void ivSource(boolean isFeed) throws IOException {
    if (isFeed && parts.stream().anyMatch(one -> one.part() == AsOf.Part.IV)) {
      out.text("iv_source", "feed");
    }
  }

  private void known(String name, ChainPage chain, int[] strikes) throws IOException {
    out.startArray(name);
    AsOf known = chain.known();
    for (int k : strikes) {
      strike(chain, chain.newest(), k);
      for (Side side : Side.values()) {
        if (query.sides().has(side)) {
          known(known, side, chain.known(k));
        }
      }
      out.endObject();
    }
    out.endArray();
  }

  private void known(AsOf known, Side side, int k) throws IOException {
    int bucket = k < 0 ? -1 : known.newestBar(side, k);
    if (bucket < 0) {
      out.nothing(side.label());
      return;
    }
    out.startObject(side.label());
    out.whole("time", known.page().bucketStart(bucket));
    for (SideField measure : query.measures()) {
      boolean isVolume = measure.field() == GridField.VOLUME;
      measure.writeNamed(
          out,
          isVolume ? known.volume(query.timeframe(), side, k) : known.at(side, measure.field(), k));
    }
    ivSource(known.isFeedIv(side, k));
    for (PartTime one : parts) {
      out.number(one.text(), one.of(known, side, k));
    }
    out.endObject();
  }
}
