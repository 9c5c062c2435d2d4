package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.strikegrid.engine.measure.MaxPain;
import io.strikegrid.testkit.RecordedData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxPainReferenceTest {

  private static final String FILE = "maxpain-ref/nse_stock_chain_20251226_1022.csv";

  @ParameterizedTest
  @CsvSource({"360ONE,22,1160", "ABCAPITAL,27,345"})
  void maxPain_recordedChain_isThePublishersStrike(String stock, int strikes, double expected)
      throws IOException {
    List<NamedCsvRecord> rows;
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(RecordedData.require(FILE))) {
      rows = csv.stream().filter(row -> row.getField("Stock").equals(stock)).toList();
    }
    assertThat(rows).hasSize(strikes);
    assertThat(MaxPain.of(column(rows, "Strike"), column(rows, "CE_OI"), column(rows, "PE_OI")))
        .isEqualTo(expected);
  }

  private static double[] column(List<NamedCsvRecord> rows, String name) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.getField(name))).toArray();
  }
}
