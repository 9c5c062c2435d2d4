package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.server.TestDatabase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiskReserveTest {

  private static final TestDatabase STORE = TestDatabase.create();
  private static final Path FOLDER = Path.of("/data/folder");
  private static final long NEEDED = 1_000;

  private final AtomicLong free = new AtomicLong(NEEDED);
  private final DiskReserve reserve = new DiskReserve(FOLDER, free::get, NEEDED);
  private final Database database =
      Database.open(STORE.url(), DatabaseConfig.server(3).withReserve(reserve));

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Test
  void write_lessFreeThanIsKept_isRefusedWithTheNumbers() {
    assertThat(database.<Integer>write(c -> 1)).isEqualTo(1);
    free.set(NEEDED - 1);
    assertThatThrownBy(() -> database.write(c -> 1))
        .isInstanceOf(DiskFullException.class)
        .hasMessage(
            "writes are refused for want of room: 999 bytes are free on the disk of /data/folder,"
                + " and 1250 are needed");
    assertThat(reserve.trouble()).hasValueSatisfying(t -> assertThat(t).contains("999 bytes"));
  }

  @Test
  void write_roomAgain_isTakenOnceThereIsAQuarterMore() {
    free.set(NEEDED - 1);
    assertThatThrownBy(() -> database.write(c -> 1)).isInstanceOf(DiskFullException.class);
    free.set(NEEDED + NEEDED / 4 - 1);
    assertThatThrownBy(() -> database.write(c -> 1)).isInstanceOf(DiskFullException.class);
    free.set(NEEDED + NEEDED / 4);
    assertThat(database.<Integer>write(c -> 1)).isEqualTo(1);
    assertThat(reserve.trouble()).isEmpty();
    free.set(NEEDED);
    assertThat(database.<Integer>write(c -> 1)).isEqualTo(1);
  }

  @Test
  void write_ofAJob_isRefusedTooButNotWhatMakesRoom() {
    free.set(0);
    assertThatThrownBy(() -> database.background().write(c -> 1))
        .isInstanceOf(DiskFullException.class);
    assertThat(database.<Integer>makeRoom(c -> 1)).isEqualTo(1);
  }

  @Test
  void read_noRoom_goesOn() {
    free.set(0);
    assertThat(database.<Integer>read(c -> 1)).isEqualTo(1);
  }

  @Test
  void write_freeRoomIsNotKnown_isTaken() {
    free.set(-1);
    assertThat(database.<Integer>write(c -> 1)).isEqualTo(1);
  }

  @Test
  void write_databaseFindsNoRoom_isToldAsThat() {
    assertThatThrownBy(() ->
            database.write(c -> {
              Database.execute(
                  c, "DO $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$");
              return 1;
            }))
        .isInstanceOf(DiskFullException.class)
        .hasMessageContaining("no space");
  }
}
