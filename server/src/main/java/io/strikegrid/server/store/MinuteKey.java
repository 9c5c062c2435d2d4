package io.strikegrid.server.store;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where observations of a symbol belong.
 *
 * @param minute start of the minute, epoch seconds UTC
 * @param expiry empty for those of the underlying alone
 */
public record MinuteKey(long minute, Optional<LocalDate> expiry) {}
