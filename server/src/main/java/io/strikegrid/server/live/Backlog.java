package io.strikegrid.server.live;

/**
 * What a feed has taken and answered for, and not handed on yet.
 *
 * @param bytes that wait to be handed on
 * @param mostBytes beyond this the feed takes nothing more
 * @param uncommitted messages that are not committed to the store yet, those that wait included
 */
public record Backlog(long bytes, long mostBytes, int uncommitted) {}
