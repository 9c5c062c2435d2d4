package io.strikegrid.server.ingest;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.ingest.profile.Profile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of one file on their way: each expiry of each trading day in a file of its own, so that a
 * day can be taken up again in parts, however the input was ordered. Nothing is committed from here
 * before the input has been read to its end. One thread.
 */
final class Stage {

  private static final int FLUSH_AT = 1 << 18;
  private static final int MOST_BUFFERED = 64 << 20;

  private final Profile profile;
  private final StageFolder in;
  private final Path folder;
  private final Map<Path, ByteArrayOutputStream> buffers = new HashMap<>();
  private final TreeMap<String, StagedDay> days = new TreeMap<>();
  private long buffered;

  /**
   * An empty one.
   *
   * @param in has room for it, under a name of its own
   */
  Stage(Profile profile, StageFolder in, String name) throws IOException {
    this.profile = profile;
    this.in = in;
    this.folder = in.path().resolve(name);
  }

  Profile profile() {
    return profile;
  }

  /** Adds a row. */
  void add(ChainRow row) throws IOException {
    Underlying underlying = row.underlying();
    String key = underlying.symbol() + " " + row.day();
    StagedDay day = days.get(key);
    if (day == null) {
      day = new StagedDay(profile, underlying, row.day(), folder.resolve("d" + days.size()));
      days.put(key, day);
    }
    day.note(row);
    write(day.file(row.expiry()), row);
  }

  private void write(Path file, ChainRow row) throws IOException {
    ByteArrayOutputStream buffer =
        buffers.computeIfAbsent(file, f -> new ByteArrayOutputStream(1 << 10));
    int before = buffer.size();
    DataOutputStream out = new DataOutputStream(buffer);
    out.writeLong(row.time());
    out.writeLong(row.collected());
    out.writeDouble(row.strike());
    out.writeInt(row.line());
    out.writeByte(row.sides().size());
    for (Map.Entry<Side, double[]> side : row.sides().entrySet()) {
      out.writeByte(side.getKey().ordinal());
      writeValues(out, side.getValue());
    }
    buffered += buffer.size() - before;
    if (buffer.size() > FLUSH_AT) {
      flush(file, buffer);
      buffers.remove(file);
    } else if (buffered > MOST_BUFFERED) {
      flushAll();
    }
  }

  private static void writeValues(DataOutputStream out, double[] values) throws IOException {
    int known = 0;
    for (int i = 0; i < values.length; i++) {
      known |= Double.isNaN(values[i]) ? 0 : 1 << i;
    }
    out.writeInt(known);
    for (double value : values) {
      if (!Double.isNaN(value)) {
        out.writeDouble(value);
      }
    }
  }

  private void flush(Path file, ByteArrayOutputStream buffer) throws IOException {
    in.path();
    Files.createDirectories(file.getParent());
    try (var out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      buffer.writeTo(out);
    }
    buffered -= buffer.size();
    buffer.reset();
  }

  private void flushAll() throws IOException {
    for (Map.Entry<Path, ByteArrayOutputStream> entry : buffers.entrySet()) {
      flush(entry.getKey(), entry.getValue());
    }
    buffers.clear();
  }

  /** The days, by symbol and date, once everything has been added. */
  List<StagedDay> days() throws IOException {
    flushAll();
    return new ArrayList<>(days.values());
  }
}
