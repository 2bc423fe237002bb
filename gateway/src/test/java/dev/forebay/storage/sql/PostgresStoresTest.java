package dev.forebay.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.StorageProblem;
import org.junit.jupiter.api.Test;

class PostgresStoresTest extends SqlStoreContract {

  private final String address = PostgresServer.newAddress();

  @Override
  StorageSpec spec() {
    return new StorageSpec(data, address, null);
  }

  @Test
  void twoNodesUseOneDatabase() {
    try (SqlStores second = opened(SqlStores.open(spec()))) {
      second.keys().put(key("k1", "a", SECRET));

      assertThat(stores().keys().keys(HOME)).containsExactly(key("k1", "a", SECRET));
    }
  }

  @Test
  void saysWhereNobodyAnswers() {
    StorageProblem problem =
        refused(
            SqlStores.open(
                new StorageSpec(
                    data, "jdbc:postgresql://me:hush@127.0.0.1:1/x?password=hush", null)));

    assertThat(problem).isInstanceOf(StorageProblem.Unreachable.class);
    assertThat(problem.message())
        .contains("jdbc:postgresql://127.0.0.1:1/x")
        .contains("check that it runs")
        .doesNotContain("hush");
  }

  @Test
  void saysThatADatabaseIsMissing() {
    StorageProblem problem =
        refused(
            SqlStores.open(
                new StorageSpec(data, address.replace("/postgres?", "/missing?"), null)));

    assertThat(problem).isInstanceOf(StorageProblem.Unreachable.class);
    assertThat(problem.message()).contains("missing");
  }

  @Test
  void refusesOtherAddresses() {
    StorageProblem problem =
        refused(SqlStores.open(new StorageSpec(data, "postgres://me:hush@host/x", null)));

    assertThat(problem).isInstanceOf(StorageProblem.BadAddress.class);
    assertThat(problem.message())
        .contains("jdbc:postgresql://host:port/name")
        .doesNotContain("hush");
  }
}
