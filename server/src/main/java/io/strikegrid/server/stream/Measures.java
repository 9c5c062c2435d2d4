package io.strikegrid.server.stream;

import io.strikegrid.server.view.SideField;
import java.util.ArrayList;
import java.util.List;

/** What can be asked of one contract, in the order in which it is sent. */
final class Measures {

  /** All of them: the fields of a chain, then those of a strike's history that it lacks. */
  static final List<SideField> ALL = all();

  private Measures() {}

  private static List<SideField> all() {
    List<SideField> all = new ArrayList<>(SideField.CELL);
    SideField.SERIES.stream().filter(field -> !all.contains(field)).forEach(all::add);
    return List.copyOf(all);
  }

  /** Those that are sent where none is asked for. */
  static List<SideField> usual() {
    return SideField.CELL;
  }

  /** The fields, a bit each. */
  static int mask(List<SideField> measures) {
    int mask = 0;
    for (SideField measure : measures) {
      mask |= 1 << measure.field().ordinal();
    }
    return mask;
  }
}
