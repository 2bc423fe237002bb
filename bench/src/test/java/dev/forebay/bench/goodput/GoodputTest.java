package dev.forebay.bench.goodput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What must hold of the pool, on short trials; `bench/goodput` runs the long ones.
class GoodputTest {

  @Test
  void whatMustHoldOfTheGatewayHolds() {
    Figures figures = new Figures(Goodput.SEED, _ -> {});

    List<Bounds.Finding> findings = Bounds.check(figures, Workloads.brief());

    assertThat(findings)
        .hasSizeGreaterThan(10)
        .allSatisfy(finding -> assertThat(finding.holds()).as(Report.line(finding)).isTrue());
  }

  @Test
  void oneSeedGivesTheSameFigures() {
    Workload workload = Workloads.brief().steady(Flavour.OPENAI);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Figures figures = new Figures(3, _ -> {});
      for (String contender : Figures.CONTENDERS) {
        results.add(figures.of(workload, 1.5, contender));
      }
    }

    int half = results.size() / 2;
    assertThat(results.subList(0, half)).isEqualTo(results.subList(half, 2 * half));
  }

  @Test
  void theCeilingIsNeverRefusedAndReachesTheLimits() {
    Figures figures = new Figures(Goodput.SEED, _ -> {});
    for (double load : List.of(0.9, 1.5)) {
      Result result =
          figures.of(Workloads.brief().steady(Flavour.ANTHROPIC), load, Figures.CEILING);

      assertThat(result.refusals()).isZero();
      assertThat(result.yield()).isGreaterThan(0.99);
    }
  }

  @Test
  void everyClientIsToldHowItsJobEnded() {
    Figures figures = new Figures(Goodput.SEED, _ -> {});
    for (String contender : Figures.CONTENDERS) {
      Result result = figures.of(Workloads.brief().steady(Flavour.SILENT), 1.5, contender);

      assertThat(result.answered() + result.refusedClients() + result.failedClients())
          .as(contender)
          .isEqualTo(result.asked());
    }
  }
}
