/**
 * The database: connections, schema and engine, and reading and writing of each table. SQL of the
 * tables and of their roll-ups lives here; who writes when and what is kept in memory are the
 * floors above.
 */
@NullMarked
package io.strikegrid.server.store;

import org.jspecify.annotations.NullMarked;
