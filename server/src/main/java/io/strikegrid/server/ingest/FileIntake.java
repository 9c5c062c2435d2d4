package io.strikegrid.server.ingest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a recorded file to its end into stages, each text in it by the profile that fits. */
final class FileIntake {

  private static final int LONGEST_FIELD = 1 << 20;
  private static final int NAMES_SHOWN = 5;

  private final Profiles profiles;

  FileIntake(Profiles profiles) {
    this.profiles = profiles;
  }

  /**
   * Reads a file.
   *
   * @param chosen the profile; null to let the header decide
   * @throws ImportException where the file cannot be read to its end, or no profile fits
   */
  void read(
      Path file,
      @Nullable Profile chosen,
      ImportProgress progress,
      ImportReport report,
      Stages stages)
      throws ImportException {
    try {
      long total = Files.exists(file) ? Files.size(file) : 0;
      List<String> passed = new ArrayList<>();
      InputFile.forEachEntry(
          file,
          bytes -> progress.read(file, bytes, total),
          (name, text) -> {
            if (!readEntry(name, text, chosen, report, stages, isZip(file))) {
              passed.add(Refusal.clean(name));
            }
          });
      if (stages.isEmpty()) {
        throw new ImportException(file + ": no entry fits a profile; have " + shown(passed), null);
      }
    } catch (ImportException e) {
      throw naming(file, e);
    } catch (CsvParseException e) {
      throw new ImportException(file + ": cannot be read as CSV: " + reason(e), e);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw damaged(file, cause == null ? new IOException(e) : cause);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static boolean isZip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  private static String shown(List<String> names) {
    String first = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    int more = names.size() - NAMES_SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** What a message says of an entry, with the path of the file that it is in. */
  private static ImportException naming(Path file, ImportException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith(file + ":")) {
      return e;
    }
    String entry = String.valueOf(file.getFileName()).replaceFirst("\\.gz$", "");
    String rest =
        message.startsWith(entry + ": ") ? message.substring(entry.length() + 2) : message;
    return new ImportException(file + ": " + rest, e);
  }

  private static ImportException damaged(Path file, IOException e) {
    if (e instanceof CharacterCodingException) {
      return new ImportException(file + ": is not text in UTF-8", e);
    }
    boolean cut = e instanceof EOFException || e instanceof ZipException;
    String what = cut ? ": is damaged or cut off: " : ": cannot be read: ";
    return new ImportException(file + what + e.getMessage(), e);
  }

  private static String reason(CsvParseException e) {
    Throwable cause = e.getCause();
    return cause instanceof CharacterCodingException
        ? "it is not text in UTF-8"
        : e.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  /**
   * Reads one text. Returns whether a profile fits it.
   *
   * @param amongOthers whether other texts come with it: then one without a header is passed over
   */
  private boolean readEntry(
      String name,
      InputStream text,
      @Nullable Profile chosen,
      ImportReport report,
      Stages stages,
      boolean amongOthers)
      throws IOException, ImportException {
    if (chosen != null && !takes(chosen, name)) {
      return false;
    }
    Reader reader =
        new InputStreamReader(
            text,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .maxBufferSize(LONGEST_FIELD)
            .detectBomHeader(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .ofCsvRecord(reader);
    Iterator<CsvRecord> rows = csv.iterator();
    try {
      if (!rows.hasNext()) {
        throw new ImportException(name + ": is empty", null);
      }
    } catch (ImportException | CsvParseException | UncheckedIOException e) {
      if (amongOthers) {
        return false;
      }
      throw e;
    }
    List<String> header =
        rows.next().getFields().stream().map(f -> f.replace("\ufeff", "").strip()).toList();
    Profile profile = chosen == null ? detect(name, header) : require(chosen, name, header);
    if (profile == null) {
      return false;
    }
    stages.read(profile, name, header, rows, report);
    return true;
  }

  private static boolean takes(Profile profile, String name) {
    return profile.entries() == null || profile.entries().matcher(name).find();
  }

  private static Profile require(Profile profile, String name, List<String> header)
      throws ImportException {
    List<String> missing = Profiles.missing(profile, header);
    if (!missing.isEmpty()) {
      throw new ImportException(
          name
              + ": profile "
              + profile.name()
              + " needs columns that are not there: "
              + String.join(", ", missing),
          null);
    }
    return profile;
  }

  private @Nullable Profile detect(String name, List<String> header) throws ImportException {
    List<Profile> fitting = profiles.fitting(header).stream().filter(p -> takes(p, name)).toList();
    if (fitting.size() > 1) {
      throw new ImportException(
          name
              + ": several profiles fit; choose one with --profile: "
              + fitting.stream().map(Profile::name).collect(Collectors.joining(", ")),
          null);
    }
    return fitting.isEmpty() ? null : fitting.getFirst();
  }
}
