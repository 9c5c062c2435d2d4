package io.strikegrid.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What one bar or tick of a body may be made of, and how it is read: only one that is within these
 * bounds becomes a tree, so that its size is known before. One that is not is refused by itself.
 */
public final class ItemBounds {

  /** Most members of a bar or tick. */
  public static final int MOST_MEMBERS = 256;

  /** Most arrays and objects one in the other, the item itself counted. */
  public static final int DEEPEST = 16;

  /** Most values in all of an item. */
  public static final int MOST_VALUES = 2_000;

  /** Most bytes of an item. */
  public static final int LONGEST = 64 << 10;

  /** Most characters of a text, and of a number, that something is read from. */
  public static final int LONGEST_TEXT = 1_000;

  /** Most values in all items of a body together. */
  public static final int MOST_VALUES_OF_A_BODY = 4_000_000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_TEXT)
                  .maxStringLength(LONGEST)
                  .maxNameLength(LONGEST)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ItemBounds() {}

  /**
   * Reads an item.
   *
   * @param what it is, for the message: a bar or a tick
   * @throws RefusedRow where it is beyond a bound; the items beside it may be taken
   * @throws BadJson where it is none
   */
  public static JsonNode read(byte[] text, JsonCut.Item item, String what)
      throws RefusedRow, BadJson {
    check("too_deep", what, item.depth(), DEEPEST, "levels");
    check("too_many_members", what, item.members(), MOST_MEMBERS, "members");
    check("too_many_values", what, item.values(), MOST_VALUES, "values");
    check("too_long", what, item.length(), LONGEST, "bytes");
    try {
      return MAPPER.readTree(text, item.offset(), item.length());
    } catch (StreamConstraintsException e) {
      throw new RefusedRow(
          "too_long",
          what,
          "a number with more",
          "made of numbers of at most " + LONGEST_TEXT + " characters");
    } catch (IOException e) {
      throw new BadJson("what is no JSON");
    }
  }

  /** Refuses an item of flat fields that has too many. */
  public static void checkMembers(int members, String what) throws RefusedRow {
    check("too_many_members", what, members, MOST_MEMBERS, "members");
  }

  private static void check(String code, String what, int have, int most, String of)
      throws RefusedRow {
    if (have > most) {
      throw new RefusedRow(code, what, have + " " + of, "of at most " + most + " " + of);
    }
  }
}
