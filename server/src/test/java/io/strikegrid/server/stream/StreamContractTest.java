package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The text on the stream, its examples, and the server say the same. */
final class StreamContractTest {

  private static final Path CONTRACT = Path.of("..", "contract");
  private static final String EPOCH = "5f1c0a94d2b7e836";
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Duration LONG = Duration.ofMinutes(5);

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String example) {
    return read(CONTRACT.resolve("examples").resolve("stream_" + example + ".json"));
  }

  private static JsonNode example(String name) {
    return ApiClient.read(text(name));
  }

  @Test
  void examples_areThoseInTheText() throws IOException {
    List<JsonNode> inText = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(read(CONTRACT.resolve("stream.md")));
    while (blocks.find()) {
      inText.add(ApiClient.read(blocks.group(1)));
    }
    List<JsonNode> inFiles = new ArrayList<>();
    try (Stream<Path> files = Files.list(CONTRACT.resolve("examples"))) {
      files
          .filter(file -> file.getFileName().toString().startsWith("stream_"))
          .forEach(file -> inFiles.add(StreamClient.checked(read(file))));
    }
    assertThat(inText).containsExactlyInAnyOrderElementsOf(inFiles);
    assertThat(inFiles).hasSizeGreaterThan(12);
  }

  @Test
  void text_isServedWithTheContract() {
    assertThat(SampleServer.shared().client().get("/docs/stream.md").body())
        .isEqualTo(read(CONTRACT.resolve("stream.md")));
  }

  @Test
  void examples_sentToTheServer_areAnsweredAsTheySay() {
    StreamConfig config = StreamFixture.config(Duration.ofMillis(300), LONG, LONG, 64, 10);
    try (SampleServer server = SampleServer.start(config);
        StreamClient client = StreamClient.connect(server.client())) {
      client.sendText(text("subscribe"));
      JsonNode answer = client.next();
      String epoch = answer.get("epoch").asText();
      assertSame(answer, "subscribed", epoch);
      assertSame(client.next(), "snapshot", epoch);
      StreamFixture.addCall(server, 20, 24_500, 31_575);
      assertSame(client.next(), "delta", epoch);
      server.run(StreamFixture.running(21, 31_650, 1));
      assertSame(client.next(), "provisional", epoch);
      server.run((underlying, committed) -> Optional.empty());
      assertSame(client.nextOf("heartbeat"), "heartbeat", epoch);
      client.sendText(text("ping"));
      assertSame(client.next(), "pong", epoch);
      client.sendText(text("unsubscribe"));
      assertSame(client.next(), "unsubscribed", epoch);
      client.sendText(text("subscribe_resume").replace(EPOCH, epoch));
      assertThat(client.next().get("resumed").asBoolean()).isTrue();
      client.send("{'type':'subscribe','id':'smile','symbol':'NIFTY50','measure':['iv','vomma']}");
      assertSame(client.next(), "error", epoch);
    }
  }

  private static void assertSame(JsonNode message, String example, String epoch) {
    JsonNode normal = ApiClient.read(message.toString().replace(epoch, EPOCH));
    assertThat(normal).as("%s: %s", example, normal).isEqualTo(example(example));
  }
}
