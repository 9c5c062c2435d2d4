package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

  @Test
  void choose_noPreference_isBelowThoseOfOutgoingConnections() throws Exception {
    assertThat(Ports.choose(0)).isBetween(20_000, 32_767);
  }

  @Test
  void choose_preferredIsFree_takesIt() throws Exception {
    int free = Ports.choose(0);
    assertThat(Ports.choose(free)).isEqualTo(free);
  }

  @Test
  void choose_preferredIsTaken_takesAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.choose(taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void last_remembered_isThatOne(@TempDir Path folder) throws Exception {
    Ports ports = new Ports(folder.resolve("port"));
    assertThat(ports.last()).isZero();
    ports.remember(20_001);
    assertThat(ports.last()).isEqualTo(20_001);
  }
}
