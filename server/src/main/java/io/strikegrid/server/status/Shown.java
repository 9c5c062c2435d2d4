package io.strikegrid.server.status;

import io.strikegrid.server.platform.http.Caller;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What whoever asks may see of symbols. A token for some of them is told nothing that names
 * another. Immutable.
 */
final class Shown {

  private static final String OF_OTHERS = "it is about symbols that the token is not for";

  private final boolean isAll;
  private final Predicate<String> covers;
  private final @Nullable Pattern others;

  /** What a caller may see of the symbols that there are. */
  static Shown to(Caller caller, Collection<String> symbols) {
    return new Shown(!caller.isScoped(), caller::covers, symbols);
  }

  /**
   * What somebody may see.
   *
   * @param isAll whether nothing is kept back
   * @param covers whether that is so of a symbol
   * @param symbols that there are
   */
  Shown(boolean isAll, Predicate<String> covers, Collection<String> symbols) {
    this.isAll = isAll;
    this.covers = covers;
    String names =
        symbols.stream()
            .filter(covers.negate())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    this.others =
        names.isEmpty() ? null : Pattern.compile("(?<![A-Za-z0-9])(" + names + ")(?![A-Za-z0-9])");
  }

  /** Whether it may see all that there is. */
  boolean isAll() {
    return isAll;
  }

  /** Whether it may see a symbol, by its canonical name. */
  boolean has(String symbol) {
    return covers.test(symbol);
  }

  /** A text, or what stands for one that names other symbols. */
  String text(String text) {
    return others != null && others.matcher(text).find() ? OF_OTHERS : text;
  }

  /** The same of a text that may be missing. */
  @Nullable String text(Optional<String> text) {
    return text.map(this::text).orElse(null);
  }
}
