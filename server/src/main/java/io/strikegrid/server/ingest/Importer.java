package io.strikegrid.server.ingest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.TooManyStrikesException;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Imports recorded files. A file is read to its end first; only then are its trading days
 * committed, each in one transaction. Running it again, also after it was cut off, ends with the
 * same rows.
 */
public final class Importer {

  private static final int LONGEST_FIELD = 1 << 20;
  private static final int NAMES_SHOWN = 5;

  private final MarketCatalog markets;
  private final Profiles profiles;
  private final DayCommit commit;
  private final InstantSource clock;

  /** An importer into the store behind the commit. */
  public Importer(MarketCatalog markets, Profiles profiles, DayCommit commit, InstantSource clock) {
    this.clock = clock;
    this.markets = markets;
    this.profiles = profiles;
    this.commit = commit;
  }

  /**
   * Imports a file.
   *
   * @param chosen the profile; null to let the header decide
   * @param provenance what the rows are
   * @throws ImportException where the file cannot be read to its end, or no profile fits: then
   *     nothing of it has been committed
   */
  public ImportReport run(
      Path file, @Nullable Profile chosen, Provenance provenance, ImportProgress progress)
      throws ImportException {
    ImportReport report = new ImportReport(file.toString());
    try (Stages stages = new Stages(markets, report, clock)) {
      read(file, chosen, progress, report, stages);
      stages.commit(commit, provenance, progress);
    } catch (IOException e) {
      throw new ImportException(file + ": the stage cannot be kept: " + e.getMessage(), e);
    } catch (TooManyStrikesException e) {
      throw new ImportException(file + ": " + e.getMessage(), e);
    }
    return report;
  }

  private void read(
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
