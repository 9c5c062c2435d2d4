/**
 * The database: connections, schema, and reading and writing of each table. SQL of the tables lives
 * here; what a roll-up is, who writes when and what is kept in memory are the floors above.
 */
@NullMarked
package io.strikegrid.server.store;

import org.jspecify.annotations.NullMarked;
