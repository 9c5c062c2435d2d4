package io.strikegrid.server.store;

import java.time.Duration;

/**
 * How long the database lets one kind of use go on. The server holds them, so that what a client
 * began that is frozen, cut off or gone ends by itself, and with it the locks that it held.
 *
 * @param statement longest run of a statement
 * @param write longest run of a statement of a transaction that writes
 * @param lockWait longest wait for a lock
 * @param idleInTransaction longest pause between statements of a transaction
 * @param answer longest silence of the server before the client gives up; above the others, so that
 *     the server ends a statement first and says so
 */
record TimeLimits(
    Duration statement,
    Duration write,
    Duration lockWait,
    Duration idleInTransaction,
    Duration answer) {

  /** Of what a request waits for. */
  static final TimeLimits REQUESTS =
      new TimeLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(110),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(120));

  /** Of jobs and refreshes, and of commands such as an import. */
  static final TimeLimits WORK =
      new TimeLimits(
          Duration.ofMinutes(15),
          Duration.ofMinutes(15),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(16));

  /** Of connections that hold a lock or listen: their statements are short. */
  static final TimeLimits STANDING =
      new TimeLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120));

  /** Of asking whether the server answers. */
  static final TimeLimits PROBE =
      new TimeLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3));

  /**
   * What a new session is told. Whether its client and the way to it are there is looked at while a
   * statement runs; a server on a system that cannot do so keeps its own settings.
   */
  String session() {
    return """
    SELECT set_config('statement_timeout', '%d', false),
      set_config('lock_timeout', '%d', false),
      set_config('idle_in_transaction_session_timeout', '%d', false);
    DO $$
    DECLARE setting text[];
    BEGIN
      FOREACH setting SLICE 1 IN ARRAY ARRAY[
          ['client_connection_check_interval', '2s'], ['tcp_keepalives_idle', '30'],
          ['tcp_keepalives_interval', '10'], ['tcp_keepalives_count', '3'],
          ['tcp_user_timeout', '60s']] LOOP
        BEGIN
          PERFORM set_config(setting[1], setting[2], false);
        EXCEPTION WHEN OTHERS THEN
          NULL;
        END;
      END LOOP;
    END $$\
    """
        .formatted(statement.toMillis(), lockWait.toMillis(), idleInTransaction.toMillis());
  }

  /** What a transaction that writes is told. */
  String transaction() {
    return "SET LOCAL statement_timeout = " + write.toMillis();
  }
}
