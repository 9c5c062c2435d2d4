package io.strikegrid.server.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting, as {@link SettingList} declares it once. Option, variable, key in the file, help,
 * reference page and checks are made from this.
 *
 * @param key its name in the file; option and variable are made from it
 * @param label stands for the value in help; empty for one that is on or off
 * @param allowed the values it takes, with their unit, in words
 * @param unless what holds where it is not given, in words; empty where nothing does
 * @param sentence what it is for
 * @param isSecret whether its value may hold a password, and so is never shown
 * @param isMany whether it may be given several times, or with commas
 * @param parse makes the value, or throws an IllegalArgumentException
 * @param fallback the value where it is not given; empty where whoever reads it decides
 */
record Setting<T>(
    String key,
    String label,
    String allowed,
    String unless,
    String sentence,
    boolean isSecret,
    boolean isMany,
    Function<List<String>, T> parse,
    Optional<T> fallback) {

  private static final String VARIABLE = "STRIKEGRID_";

  /** A whole number within bounds. */
  static Setting<Long> whole(
      String key, String label, String unit, long low, long high, long unless, String sentence) {
    return whole(key, label, unit, low, high, Long.toString(unless), sentence).or(unless);
  }

  /** A whole number within bounds, whose default is not one number. */
  static Setting<Long> whole(
      String key, String label, String unit, long low, long high, String unless, String sentence) {
    String allowed =
        "a whole number" + (unit.isEmpty() ? "" : " of " + unit) + " from " + low + " to " + high;
    return new Setting<>(
        key,
        label,
        allowed,
        unless,
        sentence,
        false,
        false,
        one(text -> within(Long.parseLong(text), low, high)),
        Optional.empty());
  }

  private static long within(long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException("outside its bounds");
    }
    return value;
  }

  /** On or off; off where it is not given. */
  static Setting<Boolean> flag(String key, String sentence) {
    return new Setting<>(
            key,
            "",
            "true or false",
            "false",
            sentence,
            false,
            false,
            one(Setting::isTrue),
            Optional.<Boolean>empty())
        .or(false);
  }

  private static boolean isTrue(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** A text that something makes a value of. */
  static <T> Setting<T> text(
      String key,
      String label,
      String allowed,
      String unless,
      Function<String, T> parse,
      String sentence) {
    return new Setting<>(
        key, label, allowed, unless, sentence, false, false, one(parse), Optional.empty());
  }

  /** A file or folder. */
  static Setting<Path> path(String key, String label, String unless, String sentence) {
    return text(key, label, "a path", unless, LentFiles::of, sentence);
  }

  /** Files: the option may be repeated, a variable or the file separates them by commas. */
  static Setting<List<Path>> paths(String key, String label, String unless, String sentence) {
    return many(key, label, "paths", unless, LentFiles::of, sentence);
  }

  /** Several of a kind: the option may be repeated, a variable or the file separates by commas. */
  static <T> Setting<List<T>> many(
      String key,
      String label,
      String what,
      String unless,
      Function<String, T> parse,
      String sentence) {
    return new Setting<>(
            key,
            label,
            what + ", separated by commas or in options of their own",
            unless,
            sentence,
            false,
            true,
            texts ->
                texts.stream()
                    .flatMap(text -> Arrays.stream(text.split(",", -1)))
                    .map(parse)
                    .toList(),
            Optional.<List<T>>empty())
        .or(List.of());
  }

  private static <T> Function<List<String>, T> one(Function<String, T> parse) {
    return texts -> {
      if (texts.size() != 1) {
        throw new IllegalArgumentException("more than one value");
      }
      return parse.apply(texts.getFirst());
    };
  }

  /** With a value that holds where none is given. */
  Setting<T> or(T value) {
    return new Setting<>(
        key, label, allowed, unless, sentence, isSecret, isMany, parse, Optional.of(value));
  }

  /** Whose value may hold a password. */
  Setting<T> secret() {
    return new Setting<>(key, label, allowed, unless, sentence, true, isMany, parse, fallback);
  }

  /** Its option on the command line. */
  String option() {
    return "--" + key.replace('_', '-');
  }

  /** Its environment variable. */
  String variable() {
    return VARIABLE + key.toUpperCase(Locale.ROOT);
  }

  /** Whether it is on or off, and its option takes no value. */
  boolean isFlag() {
    return label.isEmpty();
  }
}
