package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Observations packed tightly: what came of one expiry in one minute, in the order in which it
 * came, repeats included. Unknown fields take no room.
 *
 * <p>Its bytes may be kept and read again by {@link #read}; they begin with a version. Not safe for
 * use by several threads.
 */
public final class ObservationLog {

  private static final byte VERSION = 1;
  private static final int FIELDS = ObservationField.values().length;
  private static final int HEAD = 8 + 1 + 8 + 4;

  /** Fewest bytes of one that tells anything. */
  public static final int SMALLEST = HEAD + 8;

  /** Most bytes of one. */
  public static final int LARGEST = HEAD + 8 * FIELDS;

  private static final int FIRST_CAPACITY = 1 << 10;

  private ByteBuffer buffer;
  private int size;

  /** An empty one. */
  public ObservationLog() {
    this(ByteBuffer.allocate(FIRST_CAPACITY).put(VERSION), 0);
  }

  private ObservationLog(ByteBuffer buffer, int size) {
    this.buffer = buffer;
    this.size = size;
  }

  /** Adds one. */
  public void add(Observation o) {
    if (buffer.remaining() < LARGEST) {
      buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.duplicate().flip());
    }
    buffer.putDouble(o.strike()).put((byte) o.side().ordinal()).putLong(o.millis());
    int known = 0;
    for (int i = 0; i < FIELDS; i++) {
      known |= Double.isNaN(o.values()[i]) ? 0 : 1 << i;
    }
    buffer.putInt(known);
    for (int i = 0; i < FIELDS; i++) {
      if ((known & (1 << i)) != 0) {
        buffer.putDouble(o.values()[i]);
      }
    }
    size++;
  }

  /**
   * A log of what there is now, made without copying any of it. What is added to either of them
   * later is not in the other; one thread may go on adding while another reads the copy.
   */
  public ObservationLog copy() {
    return new ObservationLog(buffer.duplicate().limit(buffer.position()), size);
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Bytes that it takes in memory, about. */
  public long bytes() {
    return buffer.capacity();
  }

  /** What was added, in order. */
  public List<Observation> observations() {
    List<Observation> all = new ArrayList<>(size);
    forEach(all::add);
    return all;
  }

  /** Tells what was added, in order, one at a time. */
  public void forEach(Consumer<Observation> to) {
    read(buffer.duplicate().flip(), to);
  }

  /** A copy of its bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  /**
   * Reads the bytes of a log.
   *
   * @throws IllegalArgumentException where they are not a log of this version
   */
  public static List<Observation> read(byte[] bytes) {
    List<Observation> all = new ArrayList<>();
    read(ByteBuffer.wrap(bytes), all::add);
    return all;
  }

  private static void read(ByteBuffer in, Consumer<Observation> to) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "observations must be of version " + VERSION + "; have " + version);
    }
    while (in.hasRemaining()) {
      double strike = in.getDouble();
      Side side = Side.values()[in.get()];
      long millis = in.getLong();
      int known = in.getInt();
      double[] values = new double[FIELDS];
      for (int i = 0; i < FIELDS; i++) {
        values[i] = (known & (1 << i)) == 0 ? Double.NaN : in.getDouble();
      }
      to.accept(new Observation(strike, side, millis, Math.floorDiv(millis, 1000), 0, values));
    }
  }
}
