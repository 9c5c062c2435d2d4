package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import io.strikegrid.server.ingest.profile.Profile.StaleRule;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PollTest {

  private static final LocalDate NEAR = LocalDate.of(2019, 8, 29);
  private static final LocalDate FAR = LocalDate.of(2019, 9, 19);
  private static final long OPEN = 1_567_050_300;

  private final Map<Optional<LocalDate>, TreeMap<Long, Poll>> pages = new HashMap<>();

  private void poll(LocalDate expiry, long after, boolean traded) {
    long collected = OPEN + after;
    Poll poll = new Poll();
    poll.add(
        new ChainRow(
            MarketCatalog.load(List.of()).find("BANKNIFTY").orElseThrow(),
            expiry,
            27_000,
            NEAR,
            collected,
            collected,
            1,
            collected,
            new EnumMap<>(Side.class)),
        traded);
    pages.computeIfAbsent(Optional.of(expiry), e -> new TreeMap<>()).put(collected, poll);
  }

  private Set<Poll.Key> stale(StaleRule... rules) {
    return Poll.stale(pages, Set.of(rules));
  }

  @Test
  void stale_farExpiryThatNobodyTrades_isKeptOnceTheSymbolTraded() {
    poll(NEAR, 0, false);
    poll(FAR, 20, false);
    poll(NEAR, 900, true);
    poll(FAR, 920, false);
    poll(FAR, 1820, false);
    assertThat(stale(StaleRule.NO_VOLUME))
        .containsExactlyInAnyOrder(new Poll.Key(NEAR, OPEN), new Poll.Key(FAR, OPEN + 20));
  }

  @Test
  void stale_pageLookedAtShortlyBeforeTheFirstThatTraded_isOfTheSameLook() {
    poll(FAR, 600, false);
    poll(NEAR, 900, true);
    assertThat(stale(StaleRule.NO_VOLUME)).isEmpty();
    pages.clear();
    poll(FAR, 599, false);
    poll(NEAR, 900, true);
    assertThat(stale(StaleRule.NO_VOLUME)).containsExactly(new Poll.Key(FAR, OPEN + 599));
  }

  @Test
  void stale_dayWithoutATrade_isWhollySo() {
    poll(NEAR, 0, false);
    poll(NEAR, 20_000, false);
    assertThat(stale(StaleRule.NO_VOLUME)).hasSize(2);
    assertThat(stale()).isEmpty();
  }
}
