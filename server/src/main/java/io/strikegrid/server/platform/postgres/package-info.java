/**
 * The embedded PostgreSQL: unpacks the server's binaries, creates the cluster, starts it detached
 * on a loopback port, starts it again where it ends without being told to, shares it between
 * processes that use one data folder, and stops it when the last one leaves. Only {@link
 * io.strikegrid.server.platform.postgres.EmbeddedPostgres}, {@link
 * io.strikegrid.server.platform.postgres.ServerState} and {@link
 * io.strikegrid.server.platform.postgres.DataFolder} are for others; nothing here knows what is
 * kept in the database.
 */
@NullMarked
package io.strikegrid.server.platform.postgres;

import org.jspecify.annotations.NullMarked;
