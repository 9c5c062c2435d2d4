package io.strikegrid.server.platform.yaml;

import java.util.List;

/** YAML files that cannot be used, with every fault found in all of them. */
public final class YamlFileException extends RuntimeException {

  private final transient List<String> problems;

  YamlFileException(List<String> problems) {
    super(
        "the files have "
            + problems.size()
            + (problems.size() == 1 ? " fault:" : " faults:")
            + String.join("", problems.stream().map(problem -> "\n  " + problem).toList()));
    this.problems = List.copyOf(problems);
  }

  /** One line for each fault: file, key, and what is wrong with it. */
  public List<String> problems() {
    return problems;
  }
}
