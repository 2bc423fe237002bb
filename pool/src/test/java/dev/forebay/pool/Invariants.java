package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What holds of the nodes at any moment, and once nothing is in flight.
final class Invariants {

  private Invariants() {}

  static void hold(Pools pools) {
    for (Node node : pools.nodes()) {
      assertThat(node.load.inFlight()).as("in flight on %s", node.id).isGreaterThanOrEqualTo(0);
      assertThat(node.load.reserved()).as("reserved on %s", node.id).isGreaterThanOrEqualTo(0);
      for (Budget budget : List.of(node.budgets.tokens, node.budgets.money)) {
        assertThat(budget.held()).as("held of %s", node.id).isGreaterThanOrEqualTo(0);
        assertThat(budget.used()).as("used of %s", node.id).isGreaterThanOrEqualTo(0);
      }
      if (node.load.inFlight() == 0) {
        assertThat(node.load.reserved()).as("reserved on idle %s", node.id).isZero();
      }
    }
  }

  static void idle(Pools pools) {
    hold(pools);
    for (Node node : pools.nodes()) {
      assertThat(node.load.inFlight()).as("in flight on %s", node.id).isZero();
      assertThat(node.budgets.tokens.held()).as("held of %s", node.id).isZero();
      assertThat(node.budgets.money.held()).as("money held of %s", node.id).isZero();
      assertThat(node.gate.hasTrial()).as("trial of %s", node.id).isFalse();
      assertThat(node.group().gate.hasTrial()).as("trial of group of %s", node.id).isFalse();
    }
    for (ProviderNodes house : pools.houses()) {
      for (Pool pool : house.pools()) {
        assertThat(pool.gate.hasTrial()).as("trial of %s", pool.model()).isFalse();
        for (GroupModel groupModel : pool.seating().groupModels()) {
          Gate gate = groupModel.gate();
          assertThat(gate != null && gate.hasTrial()).as("trial for %s", pool.model()).isFalse();
        }
      }
    }
  }
}
