package io.strikegrid.server.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikegrid.server.platform.http.Parameter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client goes on.
 *
 * @param epoch of the topic that it followed
 * @param after the newest number that it has
 */
record Resume(String epoch, long after) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern EVENT_ID = Pattern.compile("([0-9a-f]{1,32}):(\\d{1,18})");
  private static final int LONGEST_EPOCH = 32;

  /** As a member of a message. */
  static final Parameter<Resume> MEMBER =
      Parameter.of(
          "resume",
          "an object with epoch, a text, and after, a whole number from 0",
          Resume::ofJson);

  /** As the header in which a client of server-sent events names the last one that it has. */
  static final Parameter<Resume> HEADER =
      Parameter.of("Last-Event-ID", "epoch:number, as an event had it", Resume::ofEventId);

  private static Optional<Resume> ofJson(String json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    JsonNode epoch = node.path("epoch");
    JsonNode after = node.path("after");
    boolean fits =
        node.size() == 2
            && epoch.isTextual()
            && epoch.asText().length() <= LONGEST_EPOCH
            && after.isIntegralNumber()
            && after.canConvertToLong()
            && after.asLong() >= 0;
    return fits ? Optional.of(new Resume(epoch.asText(), after.asLong())) : Optional.empty();
  }

  private static Optional<Resume> ofEventId(String text) {
    Matcher matcher = EVENT_ID.matcher(text);
    return matcher.matches()
        ? Optional.of(new Resume(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }
}
