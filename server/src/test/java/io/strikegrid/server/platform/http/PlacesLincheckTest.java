package io.strikegrid.server.platform.http;

import io.strikegrid.testkit.Slow;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** However clients come and go at once, each has as many places as it may, and no fewer. */
final class PlacesLincheckTest {

  private static final int MOST = 2;

  /** Places with what threads do to them. */
  public static final class Callers {

    private final Places places = new Places(MOST);

    private static Caller caller(int address) {
      return new Caller("127.0.0." + address, Optional.empty(), null);
    }

    @Operation
    public boolean take(@Param(gen = IntGen.class, conf = "1:2") int address) {
      return places.take(caller(address));
    }

    @Operation
    public void free(@Param(gen = IntGen.class, conf = "1:2") int address) {
      places.free(caller(address));
    }

    @Operation
    public boolean isFull(@Param(gen = IntGen.class, conf = "1:2") int address) {
      try {
        places.check(caller(address), "places");
        return false;
      } catch (Problem full) {
        return true;
      }
    }
  }

  @Slow
  @Test
  void places_ofRandomCallers_areLinearHoweverTheyAreSwitched() {
    new ModelCheckingOptions().iterations(20).invocationsPerIteration(500).check(Callers.class);
  }
}
