package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.time.Session;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartitionsTest {

  private static final String PARTITION = "fo_option_strike_bars_p20250422";

  private final TestDatabase store = TestDatabase.create();
  private final Database database = store.database();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void newDays_someAreThere_countsTheOthersWhoeverMadeThem() {
    List<Session> sessions = sessions(LocalDate.of(2025, 4, 22), LocalDate.of(2025, 4, 26));
    assertThat(BarStore.newDays(database, sessions)).isEqualTo(4);
    BarStore.ensurePartition(store.another(), sessions.getFirst());
    assertThat(BarStore.newDays(database, sessions)).isEqualTo(3);
    sessions.forEach(session -> BarStore.ensurePartition(database, session));
    assertThat(BarStore.newDays(database, sessions)).isZero();
  }

  private static List<Session> sessions(LocalDate from, LocalDate until) {
    return from.datesUntil(until.plusDays(1))
        .flatMap(day -> SeededDay.NIFTY.calendar().session(day).stream())
        .toList();
  }

  @Test
  void ensurePartition_secondTime_asksNobody() {
    BarStore.ensurePartition(database, SeededDay.SESSION);
    database.jdbi().useHandle(h -> h.execute("DROP TABLE " + PARTITION));
    BarStore.ensurePartition(database, SeededDay.SESSION);
    assertThat(there()).isFalse();
  }

  @Test
  void write_partitionWasDroppedByAnotherProcess_failsOnceAndThenMakesIt() {
    DayCommit commit = SeededDay.commit(database);
    BarStore.ensurePartition(database, SeededDay.SESSION);
    database.jdbi().useHandle(h -> h.execute("DROP TABLE " + PARTITION));
    SeededDay day = SeededDay.random();
    assertThatThrownBy(() -> day.write(commit)).isInstanceOf(StoreException.class);
    assertThat(day.write(commit).written()).isPositive();
  }

  @Test
  @Timeout(30)
  void ensurePartition_whileOthersReadBars_doesNotWaitForThem() {
    database.<Boolean>read(connection -> {
      Database.execute(connection, "SELECT count(*) FROM fo_option_strike_bars");
      BarStore.ensurePartition(database, SeededDay.SESSION);
      return true;
    });
    assertThat(there()).isTrue();
  }

  @Test
  void ensurePartition_newOne_hasTheIndexesOfTheTable() {
    BarStore.ensurePartition(database, SeededDay.SESSION);
    assertThat(
            StoredRows.number(
                database,
                "SELECT count(*) FROM pg_inherits i JOIN pg_index x ON x.indexrelid = i.inhrelid"
                    + " WHERE x.indrelid = '"
                    + PARTITION
                    + "'::regclass"))
        .isEqualTo(2);
  }

  private boolean there() {
    return StoredRows.number(
            database, "SELECT count(*) FROM pg_class WHERE relname = '" + PARTITION + "'")
        > 0;
  }
}
