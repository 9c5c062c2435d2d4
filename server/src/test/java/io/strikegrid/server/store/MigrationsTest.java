package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  private static final String HISTORY = "strikegrid_schema_history";

  @Test
  void open_schemaOfANewerProgram_isRefusedWithBothVersionsAndLeftAlone() {
    try (TestDatabase store = TestDatabase.create()) {
      Database database = store.database();
      double newest = StoredRows.number(database, "SELECT max(version::int) FROM " + HISTORY);
      database
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "INSERT INTO "
                      + HISTORY
                      + " SELECT installed_rank + 100, '999', 'later', type, 'V999__later.sql',"
                      + " checksum, installed_by, installed_on, execution_time, true FROM "
                      + HISTORY
                      + " ORDER BY installed_rank DESC LIMIT 1"));
      double rows = StoredRows.number(database, "SELECT count(*) FROM " + HISTORY);

      assertThatThrownBy(() -> Database.open(store.url(), 2))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("must be at most version " + (int) newest)
          .hasMessageContaining("have 999");

      assertThat(StoredRows.number(database, "SELECT count(*) FROM " + HISTORY)).isEqualTo(rows);
    }
  }
}
