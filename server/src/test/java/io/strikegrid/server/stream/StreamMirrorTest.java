package io.strikegrid.server.stream;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client keeps up by the contract's rule is what is answered to one that asks. */
final class StreamMirrorTest {

  private static final int ROUNDS = 40;

  /** A client, and a second one that asks what the newest number is. */
  private record Follower(
      StreamClient client,
      StreamClient second,
      ChainMirror mirror,
      String members,
      String timeframe,
      String filter) {

    static Follower of(SampleServer server, String timeframe, String strikes, String filter) {
      StreamClient client = StreamClient.connect(server.client());
      String members =
          "'symbol':'NIFTY50','expiry':['NWeek+0','NWeek+1'],'timeframe':'%s'%s"
              .formatted(timeframe, strikes);
      client.subscribe("m", members);
      ChainMirror mirror = new ChainMirror();
      mirror.take(client.next("snapshot"));
      StreamClient second = StreamClient.connect(server.client());
      return new Follower(client, second, mirror, members, timeframe, filter);
    }

    void catchUp(SampleServer server, String what) {
      long newest = second.subscribe("s", members).get("sequence").asLong();
      second.next("snapshot");
      second.send("{'type':'unsubscribe','id':'s'}");
      second.next("unsubscribed");
      while (mirror.sequence() < newest) {
        mirror.take(client.next());
      }
      RestChain.assertSame(server.client(), mirror, timeframe, filter, what);
    }

    void close() {
      client.close();
      second.close();
    }
  }

  @Test
  void deltas_ofRandomMinutesAndCorrections_keepTheChainAsItIs() {
    long seed = ThreadLocalRandom.current().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    try (SampleServer server = SampleServer.start()) {
      List<Follower> followers = new ArrayList<>();
      for (String timeframe : List.of("1min", "5min", "15min")) {
        followers.add(Follower.of(server, timeframe, "", ""));
        followers.add(Follower.of(server, timeframe, ",'max_level':1", "&max_level=1"));
        followers.add(Follower.of(server, timeframe, ",'max_level':0", "&max_level=0"));
      }
      int newest = StreamFixture.MINUTES - 1;
      for (int round = 0; round < ROUNDS; round++) {
        boolean isCorrection = random.nextInt(3) == 0;
        int minute = isCorrection ? random.nextInt(newest + 1) : newest + 1 + random.nextInt(2);
        newest = Math.max(newest, minute);
        List<Observation> seen = new ArrayList<>(StreamFixture.random(minute, random));
        for (int more = random.nextInt(4); !isCorrection && more > 0; more--) {
          seen.addAll(StreamFixture.random(++newest, random));
        }
        StreamFixture.add(server, SampleChains.SECOND, seen);
        String what = "seed " + seed + ", round " + round + ", minute " + minute;
        followers.forEach(follower -> follower.catchUp(server, what));
      }
      followers.forEach(Follower::close);
    }
  }

  @ParameterizedTest
  @CsvSource({"1min", "15min"})
  void largeImport_ofManyMinutes_comesAsDeltasOrAFreshChain(String timeframe) {
    long seed = ThreadLocalRandom.current().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    try (SampleServer server = SampleServer.start()) {
      Follower follower = Follower.of(server, timeframe, "", "");
      List<Observation> seen = new ArrayList<>();
      for (int minute = 5; minute < 150; minute++) {
        seen.addAll(StreamFixture.random(minute, random));
      }
      StreamFixture.add(server, SampleChains.SECOND, seen);
      follower.catchUp(server, "seed " + seed);
      follower.close();
    }
  }
}
