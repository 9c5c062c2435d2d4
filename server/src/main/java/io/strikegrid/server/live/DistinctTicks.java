package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which ticks there are, each as a number of 64 bits that is made of all its content: two that
 * differ have the same one so rarely that it is left out of account. For one thread.
 */
final class DistinctTicks {

  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
  private static final int FIRST_CAPACITY = 1 << 10;

  private long[] table = new long[FIRST_CAPACITY];
  private int size;

  /** Adds a tick; false where it is there already. */
  boolean add(Optional<LocalDate> expiry, Observation o) {
    if (2 * (size + 1) > table.length) {
      long[] old = table;
      table = new long[old.length * 2];
      Arrays.stream(old).filter(n -> n != 0).forEach(n -> table[slot(n)] = n);
    }
    long number = number(expiry, o);
    int slot = slot(number);
    if (table[slot] == number) {
      return false;
    }
    table[slot] = number;
    size++;
    return true;
  }

  boolean contains(Optional<LocalDate> expiry, Observation o) {
    long number = number(expiry, o);
    return table[slot(number)] == number;
  }

  int size() {
    return size;
  }

  /** Memory that it takes, about. */
  long bytes() {
    return (long) Long.BYTES * table.length;
  }

  /** Where a number is, or would be. */
  private int slot(long number) {
    int slot = (int) number & (table.length - 1);
    while (table[slot] != 0 && table[slot] != number) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private static long number(Optional<LocalDate> expiry, Observation o) {
    long number = mix(expiry.map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE), o.millis());
    number = mix(number, Double.doubleToLongBits(o.strike()));
    number = mix(number, o.side().ordinal());
    for (double value : o.values()) {
      number = mix(number, Double.doubleToLongBits(value));
    }
    return number == 0 ? 1 : number;
  }

  private static long mix(long number, long with) {
    long mixed = (number ^ with) * MIX;
    mixed = (mixed ^ (mixed >>> 32)) * MIX;
    return mixed ^ (mixed >>> 29);
  }
}
