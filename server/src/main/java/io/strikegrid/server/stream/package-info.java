/**
 * Chains as they change, to whoever subscribes: over WebSocket, and as server-sent events. {@code
 * contract/stream.md} says what goes over the wire.
 *
 * <p>Everybody who asked the same shares a {@link io.strikegrid.server.stream.Topic}: one numbered
 * sequence of messages, each encoded once. The topics of a symbol live in its {@link
 * io.strikegrid.server.stream.SymbolStream}, which compares every new page with the one before and
 * gives each topic its part of the difference. A {@link io.strikegrid.server.stream.Subscriber}
 * stands between topics and one connection, and never lets it hold up anybody else.
 */
@NullMarked
package io.strikegrid.server.stream;

import org.jspecify.annotations.NullMarked;
