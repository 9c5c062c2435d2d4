package io.strikegrid.server.ingest.replay;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static IOException of(Exception cause) {
    return new IOException("redis://127.0.0.1:9: " + cause.getMessage(), cause);
  }

  @Test
  void failed_answerThatTakesItsTime_isBorneWithFromTheFirst() {
    for (Exception cause :
        List.of(new RedisCommandTimeoutException("XADD"), new HttpTimeoutException("timed out"))) {
      assertThatCode(() -> new Patience().failed(of(cause))).doesNotThrowAnyException();
    }
  }

  @Test
  void failed_nobodyThere_isToldAtOnce() {
    for (Exception cause :
        List.of(new ConnectException("refused"), new HttpConnectTimeoutException("timed out"))) {
      assertThatThrownBy(() -> new Patience().failed(of(cause)))
          .isInstanceOf(ReplayException.class);
    }
  }

  @Test
  void failed_afterItWasReached_isBorneWith() {
    Patience patience = new Patience();
    patience.succeeded();
    assertThatCode(() -> patience.failed(of(new ConnectException("refused"))))
        .doesNotThrowAnyException();
  }
}
