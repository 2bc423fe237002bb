package dev.forebay.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jdbi.v3.core.statement.ParsedSql;
import org.junit.jupiter.api.Test;

class NamedParametersTest {

  private static List<String> names(String sql) {
    return NamedParameters.parse(sql).getParameters().getParameterNames();
  }

  @Test
  void namesBecomePlaceholdersInTheirOrder() {
    ParsedSql parsed =
        NamedParameters.parse("SELECT a FROM t WHERE a = :a AND (b>=:b_2) AND a IN (:a,:c)");

    assertThat(parsed.getSql()).isEqualTo("SELECT a FROM t WHERE a = ? AND (b>=?) AND a IN (?,?)");
    assertThat(parsed.getParameters().getParameterNames()).containsExactly("a", "b_2", "a", "c");
    assertThat(parsed.getParameters().isPositional()).isFalse();
  }

  @Test
  void aNameMayEndTheStatement() {
    assertThat(names("DELETE FROM t WHERE id = :id")).containsExactly("id");
  }

  @Test
  void stringsAreText() {
    assertThat(names("SELECT ':no', 'it''s :no', '' WHERE x = :yes || ':no"))
        .containsExactly("yes");
  }

  @Test
  void castsAreText() {
    ParsedSql parsed = NamedParameters.parse("SELECT x::bigint, :y::text");

    assertThat(parsed.getSql()).isEqualTo("SELECT x::bigint, ?::text");
    assertThat(parsed.getParameters().getParameterNames()).containsExactly("y");
  }

  @Test
  void aStatementWithoutNamesStaysAsItIs() {
    ParsedSql parsed = NamedParameters.parse("SELECT 1 WHERE a < 2 AND b ~ ':'");

    assertThat(parsed.getSql()).isEqualTo("SELECT 1 WHERE a < 2 AND b ~ ':'");
    assertThat(parsed.getParameters().getParameterCount()).isZero();
  }
}
