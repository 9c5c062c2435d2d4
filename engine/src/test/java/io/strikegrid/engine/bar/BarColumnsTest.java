package io.strikegrid.engine.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BarColumnsTest {

  private static final Map<String, BarColumn> BY_NAME =
      BarColumns.beside().stream().collect(Collectors.toMap(BarColumn::name, Function.identity()));

  @Test
  void beside_names_areUnique() {
    assertThat(BarColumns.beside()).extracting(BarColumn::name).doesNotHaveDuplicates();
  }

  @Test
  void inMemory_size_isTheCount() {
    assertThat(BarColumns.inMemory()).hasSize(BarColumns.COUNT);
    assertThat(BarColumns.beside().subList(0, BarColumns.COUNT)).isEqualTo(BarColumns.inMemory());
  }

  @ParameterizedTest
  @CsvSource({
    "underlying_close,AVG",
    "underlying_last,LAST",
    "underlying_source,MAX",
    "iv_avg,MEAN_BY_COUNT",
    "delta_avg,MEAN_BY_COUNT",
    "gamma_avg,MEAN_BY_COUNT",
    "theta_avg,MEAN_BY_COUNT",
    "vega_avg,MEAN_BY_COUNT",
    "rho_avg,MEAN_BY_COUNT",
    "iv_count,SUM",
    "greeks_count,SUM",
    "iv_source,MAX",
    "count,SUM",
    "volume,SUM",
    "volume_day,LAST",
    "oi_sum,MAX",
    "oi_last,LAST",
    "open,FIRST",
    "high,MAX",
    "low,MIN",
    "close,LAST",
    "bid,LAST",
    "ask,LAST",
    "greeks_source,MAX",
    "call_provenance,MAX",
    "put_provenance,MAX",
    "volume_since,FIRST",
    "quoted,LAST",
    "moneyness,LAST",
    "provenance,MAX",
    "created_at,MIN",
    "updated_at,MAX"
  })
  void rule_ofEachColumn_isTheDocumentedOne(String name, RollupRule rule) {
    List<String> names =
        BY_NAME.containsKey(name) ? List.of(name) : List.of("call_" + name, "put_" + name);
    assertThat(names)
        .allSatisfy(n -> assertThat(BY_NAME).extractingByKey(n).returns(rule, BarColumn::rule));
  }

  @Test
  void weight_ofEachMean_isACountOfItsSide() {
    assertThat(BarColumns.beside())
        .filteredOn(c -> c.rule() == RollupRule.MEAN_BY_COUNT)
        .hasSize(12)
        .allSatisfy(c -> {
          String side = c.name().substring(0, c.name().indexOf('_'));
          String weight = c.name().contains("iv_avg") ? "_iv_count" : "_greeks_count";
          assertThat(c.weight()).isEqualTo(side + weight);
          assertThat(BY_NAME).containsKey(side + weight);
        });
  }

  @Test
  void weight_ofOtherColumns_isNone() {
    assertThat(BarColumns.beside())
        .filteredOn(c -> c.rule() != RollupRule.MEAN_BY_COUNT)
        .allSatisfy(c -> assertThat(c.weight()).isNull());
  }

  @ParameterizedTest
  @EnumSource(SideColumn.class)
  void of_sideAndColumn_isThePositionOfItsName(SideColumn column) {
    for (Side side : Side.values()) {
      assertThat(BarColumns.inMemory().get(BarColumns.of(side, column)).name())
          .isEqualTo(column.name(side));
    }
  }

  @Test
  void positions_ofTheOthers_areThoseOfTheirNames() {
    assertThat(BarColumns.inMemory().get(BarColumns.UNDERLYING_CLOSE).name())
        .isEqualTo("underlying_close");
    assertThat(BarColumns.inMemory().get(BarColumns.UNDERLYING_LAST).name())
        .isEqualTo("underlying_last");
    assertThat(BarColumns.inMemory().get(BarColumns.UNDERLYING_SOURCE).name())
        .isEqualTo("underlying_source");
    assertThat(BarColumns.inMemory().get(BarColumns.MONEYNESS).name()).isEqualTo("moneyness");
    assertThat(BarColumns.inMemory().get(BarColumns.PROVENANCE).name()).isEqualTo("provenance");
  }

  @Test
  void codes_ofTexts_ascend() {
    assertThat(BarColumns.beside())
        .filteredOn(c -> c.type() == ColumnType.CODE)
        .hasSize(5)
        .allSatisfy(c -> assertThat(c.codes()).isNotEmpty().isSorted().doesNotHaveDuplicates());
  }

  @Test
  void observationFields_countsAndUnderlying_comeLast() {
    List<ObservationField> all = Arrays.asList(ObservationField.values());
    assertThat(Set.copyOf(all.subList(ObservationField.IV_COUNT.ordinal(), all.size())))
        .containsExactlyInAnyOrder(
            ObservationField.IV_COUNT,
            ObservationField.GREEKS_COUNT,
            ObservationField.COUNT,
            ObservationField.UNDERLYING);
  }

  @ParameterizedTest
  @EnumSource(Provenance.class)
  void provenance_codeAndLabel_leadBack(Provenance provenance) {
    assertThat(Provenance.ofCode(provenance.code())).isEqualTo(provenance);
    assertThat(Provenance.ofLabel(provenance.label())).contains(provenance);
  }

  @ParameterizedTest
  @CsvSource({"0", "5"})
  void provenance_otherCode_isRefusedWithIt(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Provenance.ofCode(code))
        .withMessage("provenance must be 1 to 4; have " + code);
  }

  @ParameterizedTest
  @CsvSource({"100,0", "100,-60", "90,60"})
  void barTable_keyNotAfterTheLast_isRefused(double strike, long bucket) {
    BarTable bars = new BarTable();
    bars.add(100, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> bars.add(strike, bucket));
  }

  @Test
  void barTable_manyRows_keepTheirValues() {
    BarTable bars = new BarTable();
    for (int i = 0; i < 1000; i++) {
      bars.set(bars.add(100, i * 60L), BarColumns.UNDERLYING_CLOSE, i);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(bars.get(i, BarColumns.UNDERLYING_CLOSE)).isEqualTo(i);
      assertThat(bars.get(i, BarColumns.PROVENANCE)).isNaN();
    }
  }
}
