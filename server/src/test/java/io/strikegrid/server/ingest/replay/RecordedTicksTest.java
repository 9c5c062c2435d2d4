package io.strikegrid.server.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.ingest.ImportProgress;
import io.strikegrid.server.ingest.Recording;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.live.Tick;
import io.strikegrid.testkit.RecordedData;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded days as the fields of ticks, and read again. */
final class RecordedTicksTest {

  @ParameterizedTest
  @CsvSource({
    "nse-chain-1min-202608/NIFTY_20260819.csv.gz, 49358",
    "nse-chain-1min-20250829/NIFTY_20250829.csv.gz, 446121",
    "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz, 94737"
  })
  void texts_recordedDay_readBackAsTheSameObservations(String name, int count) throws Exception {
    Path file = RecordedData.require(name);
    TickReader reader = new TickReader(Replays.MARKETS, InstantSource.system());
    int seen = 0;
    try (Recording recording =
        new Recording(Replays.MARKETS, new Profiles(), InstantSource.system())) {
      recording.read(file, null, ImportProgress.SILENT);
      for (LocalDate day : recording.days()) {
        for (Tick tick : recording.ticks(day)) {
          Tick read = reader.read(TickFields.texts(tick));
          seen++;
          boolean isSame =
              read.observation().isSame(tick.observation())
                  && read.expiry().equals(tick.expiry())
                  && read.underlying().symbol().equals(tick.underlying().symbol());
          if (!isSame) {
            assertThat(read).as("read from %s", TickFields.texts(tick)).isEqualTo(tick);
          }
        }
      }
    }
    assertThat(seen).isEqualTo(count);
  }
}
