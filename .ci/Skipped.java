import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Counts the tests that were skipped, by reason, and holds them against what was expected: a
 * reason that nobody foresaw, or one that took more tests than it should, is a failure.
 *
 * <pre>java .ci/Skipped.java EXPECTED FOLDER...</pre>
 *
 * <p>A line of the file of what is expected is {@code count reason}: so many at most, with a reason
 * that begins so.
 */
final class Skipped {

  private record Expected(int most, String reason) {}

  private Skipped() {}

  public static void main(String[] arguments) throws Exception {
    List<Expected> expected = expected(Path.of(arguments[0]));
    TreeMap<String, Integer> found = new TreeMap<>();
    for (int i = 1; i < arguments.length; i++) {
      for (Path report : reports(Path.of(arguments[i]))) {
        count(report, found);
      }
    }
    System.exit(told(expected, found) ? 0 : 1);
  }

  private static List<Expected> expected(Path file) throws IOException {
    List<Expected> expected = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.strip().split("\\s+", 2);
        expected.add(new Expected(Integer.parseInt(words[0]), words[1]));
      }
    }
    return expected;
  }

  private static List<Path> reports(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).toList();
    }
  }

  private static void count(Path report, TreeMap<String, Integer> found) throws Exception {
    var skips =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("skipped");
    for (int i = 0; i < skips.getLength(); i++) {
      Element skip = (Element) skips.item(i);
      String told = skip.getAttribute("message");
      String reason =
          (told.isBlank() ? skip.getTextContent() : told)
              .lines()
              .findFirst()
              .orElse("")
              .replaceFirst("^[\\w.]+Exception: ", "")
              .replaceFirst("^Assumption failed: ", "")
              .strip();
      found.merge(reason.isBlank() ? "no reason is given" : reason, 1, Integer::sum);
    }
  }

  private static boolean told(List<Expected> expected, TreeMap<String, Integer> found) {
    boolean isFine = true;
    TreeMap<String, Integer> counts = new TreeMap<>();
    found.forEach((reason, count) ->
        counts.merge(
            expected.stream()
                .map(Expected::reason)
                .filter(reason::startsWith)
                .findFirst()
                .orElse("not expected: " + reason),
            count,
            Integer::sum));
    System.out.println("Skipped tests: " + found.values().stream().mapToInt(n -> n).sum());
    for (String reason : counts.keySet()) {
      int most =
          expected.stream()
              .filter(one -> one.reason().equals(reason))
              .mapToInt(Expected::most)
              .findFirst()
              .orElse(0);
      boolean fits = counts.get(reason) <= most;
      isFine &= fits;
      System.out.printf("  %d (at most %d) %s%s%n", counts.get(reason), most, reason, fits ? "" : "  <- TOO MANY");
    }
    return isFine;
  }
}
