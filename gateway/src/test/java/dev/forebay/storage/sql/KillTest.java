package dev.forebay.storage.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.StorageProblem;
import dev.forebay.control.UsageRow;
import dev.forebay.control.Workspace;
import dev.forebay.storage.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

  /// From the row at which it is warm.
  private static final Duration LIFE = Duration.ofMillis(1_600);

  private static final int WARM_UP = 100;

  private static final Duration MAY_BE_LOST = Duration.ofSeconds(1);

  /// The pools are looked at once a second, and writing takes its time too.
  private static final Duration STATE_MAY_BE_LOST = Duration.ofMillis(1_500);

  private record Said(String what, int number, long millis) {

    static Said of(String line) {
      String[] words = line.split(" ", 3);
      return new Said(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]));
    }
  }

  @TempDir Path data;

  @Test
  void aKillLosesAtMostASecondOfUsageAndNoSetting() throws Exception {
    List<Said> said = livedAndKilled();
    long death = said.getLast().millis();

    try (SqlStores stores = SqlStoreContract.opened(SqlStores.open(StorageSpec.in(data)))) {
      Set<String> ids = new HashSet<>();
      List<UsageRow> rows = stores.usage().rows(Workspace.DEFAULT, 1_000_000, 0);
      rows.forEach(row -> ids.add(row.id()));
      assertThat(said)
          .filteredOn(line -> line.what().equals("row"))
          .filteredOn(line -> line.millis() < death - MAY_BE_LOST.toMillis())
          .hasSizeGreaterThan(WARM_UP)
          .allMatch(line -> ids.contains(Rows.row(line.number()).id()));
      assertThat(stores.usage().totals(Workspace.DEFAULT, Rows.row(0).day()))
          .singleElement()
          .returns((long) rows.size(), total -> total.total().requests());
      assertThat(setting(stores)).isGreaterThanOrEqualTo(last(said, "setting", death));
      assertThat(stores.pool(Workspace.DEFAULT).load().usage().getFirst().tokens())
          .isGreaterThan(last(said, "row", death - STATE_MAY_BE_LOST.toMillis()));
    }
  }

  private static int setting(SqlStores stores) {
    return Integer.parseInt(stores.settings().settings(Workspace.DEFAULT).get(Victim.SETTING));
  }

  /// The last number of this kind that was said by then.
  private static int last(List<Said> said, String what, long millis) {
    return said.stream()
        .filter(line -> line.what().equals(what) && line.millis() <= millis)
        .mapToInt(Said::number)
        .max()
        .orElseThrow();
  }

  /// Everything the victim said until it was killed in the middle of its work.
  private List<Said> livedAndKilled() throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Said> said = new ArrayList<>();
    long warm = Long.MAX_VALUE;
    try (BufferedReader lines = victim.inputReader(UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        Said last = Said.of(line);
        said.add(last);
        if (last.number() == WARM_UP) {
          warm = last.millis();
        }
        if (last.number() > WARM_UP && last.millis() - warm > LIFE.toMillis()) {
          break;
        }
        line = lines.readLine();
      }
      assertThat(SqlStoreContract.refused(SqlStores.open(StorageSpec.in(data))))
          .isEqualTo(new StorageProblem.InUse(data, victim.pid()));
    } finally {
      victim.destroyForcibly().waitFor();
    }
    assertThat(victim.exitValue()).as("killed, not ended").isEqualTo(137);
    return said;
  }
}
