package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalRoomTest {

  private static final long MEBIBYTE = 1L << 20;

  @ParameterizedTest
  @CsvSource({"100, 64", "512, 64", "1024, 128", "4096, 512", "16383, 512"})
  void options_smallDisk_boundsTheLogByIt(long disk, long log) {
    assertThat(WalRoom.options(disk * MEBIBYTE))
        .containsExactly("max_wal_size=" + log + "MB", "min_wal_size=32MB");
  }

  @Test
  void options_largeDisk_leavesItToTheSettings() {
    assertThat(WalRoom.options(16_384 * MEBIBYTE)).isEqualTo(List.of());
  }
}
