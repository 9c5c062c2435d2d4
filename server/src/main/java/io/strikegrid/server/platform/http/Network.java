package io.strikegrid.server.platform.http;

import java.net.InetAddress;

/**
 * The addresses that have the first bits of one. Immutable.
 *
 * @param address one of them
 * @param bits how many they have in common, at least 1
 */
public record Network(InetAddress address, int bits) {

  /** Checks the bounds. */
  public Network {
    int most = address.getAddress().length * Byte.SIZE;
    if (bits < 1 || bits > most) {
      throw new IllegalArgumentException(
          "bits of network %s must be 1 to %d; have %d"
              .formatted(address.getHostAddress(), most, bits));
    }
  }

  /**
   * Reads an address, or one with bits such as {@code 10.0.0.0/8}; never a name.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Network parse(String text) {
    String[] parts = text.strip().split("/", 2);
    InetAddress address = InetAddress.ofLiteral(parts[0]);
    return new Network(
        address,
        parts.length == 1 ? address.getAddress().length * Byte.SIZE : Integer.parseInt(parts[1]));
  }

  /** Whether an address is one of them. */
  boolean has(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] its = other.getAddress();
    if (own.length != its.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((own[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + bits;
  }
}
