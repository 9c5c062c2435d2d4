package io.strikegrid.server.ingest.profile;

import io.strikegrid.server.platform.yaml.YamlFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The profiles that ship, and finding the one that a file needs. */
public final class Profiles {

  private static final List<String> SHIPPED =
      List.of(
          "strikegrid",
          "nse-chain-wide",
          "nse-chain-long",
          "nse-chain-page",
          "nse-bhavcopy",
          "nse-udiff",
          "nse-market-activity");

  private final List<Profile> shipped;

  /** Reads the shipped ones. */
  public Profiles() {
    List<Profile> profiles = new ArrayList<>();
    for (String name : SHIPPED) {
      String resource = "/profiles/" + name + ".yaml";
      try (InputStream in =
          Objects.requireNonNull(Profiles.class.getResourceAsStream(resource), resource)) {
        profiles.add(ProfileReader.read(name + ".yaml", in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    this.shipped = List.copyOf(profiles);
  }

  /** All shipped profiles. */
  public List<Profile> shipped() {
    return shipped;
  }

  /**
   * A shipped profile by its name, or one in a file of one's own.
   *
   * @throws IllegalArgumentException where there is no such profile or file
   * @throws YamlFileException where the file is not a profile
   */
  public Profile named(String nameOrFile) {
    for (Profile profile : shipped) {
      if (profile.name().equals(nameOrFile)) {
        return profile;
      }
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "profile must be "
              + shipped.stream().map(Profile::name).collect(Collectors.joining(", "))
              + " or a YAML file; have "
              + nameOrFile);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return ProfileReader.read(file.toString(), in);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "profile " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Shipped profiles all of whose columns a header has. */
  public List<Profile> fitting(List<String> header) {
    return shipped.stream().filter(p -> missing(p, header).isEmpty()).toList();
  }

  /** Columns of a profile that a header lacks. */
  public static List<String> missing(Profile profile, List<String> header) {
    Set<String> columns = Set.copyOf(header);
    return profile.header().stream()
        .filter(names -> names.stream().noneMatch(columns::contains))
        .map(names -> String.join(" or ", names))
        .toList();
  }
}
