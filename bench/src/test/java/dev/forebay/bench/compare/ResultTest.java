package dev.forebay.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.bench.compare.Result.Limit;
import dev.forebay.bench.compare.Result.Row;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {

  private static final double[] NGINX = {10, 20, 40};
  private static final double[] FOREBAY = {15, 60, 60};

  @Test
  void aRatioIsTheMedianOfTheRoundsRatios() {
    Row row = new Row("CPU", NGINX, FOREBAY, new Limit.Ratio(1.4));

    assertThat(row.ratios()).containsExactly(1.5, 1.5, 3.0);
    assertThat(row.missed()).isTrue();
    assertThat(new Row("CPU", NGINX, FOREBAY, new Limit.Ratio(1.5)).missed()).isFalse();
  }

  @Test
  void aValueIsHeldToItsMedian() {
    assertThat(new Row("MB", NGINX, FOREBAY, new Limit.Value(60)).missed()).isFalse();
    assertThat(new Row("MB", NGINX, FOREBAY, new Limit.Value(59)).missed()).isTrue();
    assertThat(new Row("MB", NGINX, FOREBAY, new Limit.None()).missed()).isFalse();
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Result.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
    assertThat(Result.median(new double[0])).isNaN();
  }

  @Test
  void theTableAlignsAndSaysWhatIsMissed() {
    assertThat(Report.table(List.of(result())))
        .isEqualTo(
            """
            scenario                 figure           nginx  forebay  ratio     rounds   target
            2 kB request and answer  CPU, µs/request   20.0     60.0   1.50  1.50–3.00  ≤ 1.4 ×  MISSED
                                     requests/s        20.0     60.0   1.50  1.50–3.00
            unary-2k: up to 25 % of the busy CPU belonged to other processes; repeat on a quiet machine
            """);
  }

  @Test
  void theJsonHoldsEveryRound() throws IOException {
    JsonNode read = new ObjectMapper().readTree(Report.json(List.of(result())));

    JsonNode figure = read.at("/scenarios/0/figures/0");
    assertThat(read.at("/scenarios/0/id").textValue()).isEqualTo("unary-2k");
    assertThat(figure.at("/forebay/1").doubleValue()).isEqualTo(60);
    assertThat(figure.at("/ratio_at_most").doubleValue()).isEqualTo(1.4);
    assertThat(figure.at("/missed").booleanValue()).isTrue();
  }

  private static Result result() {
    return new Result(
        Scenario.ALL.getFirst(),
        List.of(
            new Row("CPU, µs/request", NGINX, FOREBAY, new Limit.Ratio(1.4)),
            new Row("requests/s", NGINX, FOREBAY, new Limit.None())),
        0.25);
  }
}
