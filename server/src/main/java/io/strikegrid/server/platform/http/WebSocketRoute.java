package io.strikegrid.server.platform.http;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A WebSocket: where it is, and who talks to each client.
 *
 * @param path the whole path, without a pattern
 * @param protocol name of the sub-protocol, taken where the client offers it
 * @param role what a client needs, where the server has tokens
 * @param mostBytes longest message of a client, in bytes of UTF-8
 * @param admission refuses a client before it is connected, by throwing a {@link Problem}
 * @param opening gives the side that talks to a new client, once it is connected
 */
public record WebSocketRoute(
    String path,
    String protocol,
    Role role,
    int mostBytes,
    Consumer<Caller> admission,
    Function<WebSocketClient, WebSocketListener> opening) {}
