package dev.forebay.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Position;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.RequestFilter.Outcome;
import dev.forebay.control.Stores;
import dev.forebay.control.Workspace;
import dev.forebay.storage.Rows;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No query grows with the history: every table that grows is entered through an index, and the
/// rows come in its order.
class QueryPlanTest {

  private static final String HOME = Workspace.DEFAULT;

  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  /// Tables whose rows are counted in days or requests, and not in keys or people.
  private static final List<String> GROWING =
      List.of("usage_row", "usage_daily", "usage_hourly", "audit_entry", "pool_usage");

  @TempDir private Path data;

  private SqlStores stores;

  @BeforeEach
  void open() {
    stores = SqlStoreContract.opened(SqlStores.open(StorageSpec.in(data)));
    stores.usage().append(Rows.rows(0, 100));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  /// What the database would do for every statement that this use of the stores runs.
  private String plans(Consumer<Stores> use) {
    Set<String> statements = new LinkedHashSet<>();
    SqlLogger logger =
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            statements.add(context.getParsedSql().getSql());
          }
        };
    // Within these, the stores use the connections that are listened to.
    stores
        .database()
        .change(writer -> {
          writer.setSqlLogger(logger);
          stores
              .database()
              .read(reader -> {
                reader.setSqlLogger(logger);
                use.accept(stores);
                return true;
              });
        });
    assertThat(statements).isNotEmpty();
    return stores
        .database()
        .read(handle -> {
          StringBuilder plans = new StringBuilder();
          for (String statement : statements) {
            plans.append(statement).append('\n');
            plan(handle, statement).forEach(line -> plans.append(line).append('\n'));
          }
          return plans.toString();
        });
  }

  private static List<String> plan(Handle handle, String statement) {
    return handle
        .createQuery("EXPLAIN QUERY PLAN " + statement.replace("?", "NULL"))
        .map((row, _) -> row.getString("detail"))
        .list();
  }

  private void growsNot(Consumer<Stores> use) {
    String plans = plans(use);
    for (String table : GROWING) {
      assertThat(plans).doesNotContain("SCAN " + table);
    }
    assertThat(plans).contains("SEARCH ");
  }

  @Test
  void usageIsReadByTheDaysAndHoursThatAreAskedFor() {
    LocalDate day = LocalDate.of(2026, 11, 23);
    growsNot(all -> all.usage().totals(HOME, day, day));
    growsNot(all -> all.usage().hours(HOME, NOW, NOW.plusSeconds(3600)));
    assertThat(plans(all -> all.usage().totals(HOME, day)))
        .contains("SEARCH usage_daily USING PRIMARY KEY (workspace=? AND day>? AND day<?)");
    assertThat(plans(all -> all.usage().hours(HOME, NOW, NOW)))
        .contains("SEARCH usage_hourly USING PRIMARY KEY (workspace=? AND hour>? AND hour<?)");
  }

  @Test
  void requestsAreWalkedInTheOrderOfTheirKey() {
    for (RequestFilter filter :
        List.of(
            RequestFilter.ALL,
            new RequestFilter(
                "key-a",
                Set.of("client-1", "client-2"),
                "openai",
                "gpt",
                Outcome.RETRIED,
                "r-",
                NOW.minusSeconds(60),
                NOW))) {
      growsNot(all -> all.usage().rows(HOME, filter, null, 50, 5_000));
      String plans = plans(all -> all.usage().rows(HOME, filter, new Position(NOW, "r"), 50, 500));
      assertThat(plans).contains("SEARCH usage_row USING PRIMARY KEY (workspace=? AND at>?");
    }
    growsNot(all -> all.usage().rows(HOME, 50, 0));
    growsNot(all -> all.usage().row(HOME, "r-1", NOW.minusSeconds(60), NOW));
  }

  @Test
  void theAuditLogIsReadByThePage() {
    growsNot(all -> all.audit().entries(HOME, null, 50));
    String plans = plans(all -> all.audit().entries(HOME, new Position(NOW, "a-1"), 50));
    assertThat(plans).doesNotContain("TEMP B-TREE");
  }

  @Test
  void whatIsOldIsFoundByItsAge() {
    growsNot(all -> all.usage().removeRows(HOME, NOW, 1_000));
    growsNot(all -> all.usage().removeHours(HOME, NOW, 1_000));
    growsNot(all -> all.audit().removeEntries(HOME, NOW, 1_000));
  }

  @Test
  void whatIsAskedForWithEveryCallIsFoundByItsDigest() {
    for (String plans :
        List.of(
            plans(all -> all.sessions().withHash(HOME, "digest")),
            plans(all -> all.apiTokens().withHash(HOME, "digest")),
            plans(all -> all.clientKeys().used(HOME, Map.of("c1", NOW))))) {
      assertThat(plans).doesNotContain("SCAN person_session", "SCAN api_token", "SCAN client_key");
    }
  }
}
