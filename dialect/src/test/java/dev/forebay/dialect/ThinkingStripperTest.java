package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.BodyEdits.Edit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkingStripperTest {

  private static final String THINKING =
      "{\"type\":\"thinking\",\"thinking\":\"Hm, }],\\\"\",\"signature\":\"EqQBCg==\"}";
  private static final String REDACTED = "{ \"data\": \"abc=\", \"type\": \"redacted_thinking\" }";
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"Grüße \uD83D\uDE00\"}";
  private static final String TOOL =
      "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"f\",\"input\":{\"type\":\"thinking\"}}";
  private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";

  private static String conversation(String... messages) {
    return "{\"model\":\"claude\",\"messages\":["
        + String.join(" , ", messages)
        + "],\"thinking\":{\"type\":\"adaptive\"}}";
  }

  private static String assistant(String... blocks) {
    return "{\"role\":\"assistant\",\"content\":[" + String.join(", ", blocks) + "]}";
  }

  private static @Nullable String strip(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<Edit> edits = ThinkingStripper.edits(new ByteArrayInputStream(bytes));
    return edits == null ? null : apply(bytes, edits);
  }

  private static String apply(byte[] bytes, List<Edit> edits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (Edit edit : edits) {
      assertThat(edit.from()).isGreaterThanOrEqualTo(at);
      out.write(bytes, at, (int) edit.from() - at);
      out.writeBytes(edit.replacement());
      at = (int) edit.to();
    }
    out.write(bytes, at, bytes.length - at);
    return out.toString(UTF_8);
  }

  @Test
  void removesABlockAtTheBeginning() {
    assertThat(strip(conversation(USER, assistant(THINKING, TEXT, TOOL), USER)))
        .isEqualTo(conversation(USER, assistant(TEXT, TOOL), USER));
  }

  @Test
  void removesABlockInTheMiddle() {
    assertThat(strip(conversation(USER, assistant(TEXT, REDACTED, TOOL))))
        .isEqualTo(conversation(USER, assistant(TEXT, TOOL)));
  }

  @Test
  void removesABlockAtTheEnd() {
    assertThat(strip(conversation(USER, assistant(TEXT, TOOL, THINKING))))
        .isEqualTo(conversation(USER, assistant(TEXT, TOOL)));
  }

  @Test
  void removesRunsOfBlocks() {
    assertThat(
            strip(
                conversation(
                    USER, assistant(THINKING, REDACTED, TEXT, THINKING, TOOL, REDACTED, THINKING))))
        .isEqualTo(conversation(USER, assistant(TEXT, TOOL)));
  }

  @Test
  void leavesOutATurnThatWasNothingButThinking() {
    assertThat(strip(conversation(USER, assistant(THINKING), USER)))
        .isEqualTo(conversation(USER, USER));
    assertThat(strip(conversation(USER, assistant(THINKING, REDACTED))))
        .isEqualTo(conversation(USER));
  }

  @Test
  void keepsTheOrderOfSplicesWhenTurnsGoAsAWhole() {
    assertThat(
            strip(
                conversation(
                    USER,
                    assistant(THINKING, TEXT),
                    USER,
                    assistant(THINKING),
                    USER,
                    assistant(TOOL, REDACTED))))
        .isEqualTo(conversation(USER, assistant(TEXT), USER, USER, assistant(TOOL)));
  }

  @Test
  void findsTheRoleAfterTheContentToo() {
    String before = "{\"content\":[" + THINKING + "," + TEXT + "],\"role\":\"assistant\"}";
    String after = "{\"content\":[" + TEXT + "],\"role\":\"assistant\"}";

    assertThat(strip(conversation(USER, before))).isEqualTo(conversation(USER, after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "",
        "not json",
        "{\"messages\":\"thinking\"}",
        "{\"messages\":[]}",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[]}]}",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"thinking\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"thinking\"}]}]}",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"text\"},7,null,\"x\"]}]}",
        "{\"other\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\"}]}]}",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\"}"
      })
  void findsNothingToDo(String body) {
    assertThat(strip(body)).isNull();
  }

  @Test
  void doesNotEmptyTheConversation() {
    assertThat(strip(conversation(assistant(THINKING)))).isNull();
  }

  @Test
  void leavesThinkingInsideOtherBlocks() {
    String result =
        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"content\":["
            + THINKING
            + "]}]}";

    assertThat(strip(conversation(USER, assistant(THINKING, TOOL), result)))
        .isEqualTo(conversation(USER, assistant(TOOL), result));
  }

  @Test
  void findsItsPlacesInLongBodiesAndAfterAByteOrderMark() {
    String big = "{\"role\":\"user\",\"content\":\"" + "ä€\uD83D\uDE00".repeat(300_000) + "\"}";
    String before = conversation(big, assistant(THINKING, TEXT), big, assistant(TEXT, THINKING));
    String after = conversation(big, assistant(TEXT), big, assistant(TEXT));

    assertThat(strip(before)).isEqualTo(after);
    assertThat(strip("\uFEFF" + before)).isEqualTo("\uFEFF" + after);
  }

  @Test
  void leavesOtherEncodingsAlone() {
    byte[] wide = conversation(USER, assistant(THINKING, TEXT)).getBytes(UTF_16BE);

    assertThat(ThinkingStripper.edits(new ByteArrayInputStream(wide))).isNull();
  }

  /// Built twice from the same choices, with and without the blocks.
  @Property
  void removesExactlyTheThinking(long seed) {
    Random random = new Random(seed);
    List<String> before = new ArrayList<>(List.of(USER));
    List<String> after = new ArrayList<>(List.of(USER));
    boolean any = false;
    for (int turn = random.nextInt(6); turn > 0; turn--) {
      List<String> with = new ArrayList<>();
      List<String> without = new ArrayList<>();
      for (int block = 1 + random.nextInt(5); block > 0; block--) {
        boolean thinking = random.nextBoolean();
        String json =
            thinking
                ? (random.nextBoolean() ? THINKING : REDACTED)
                : (random.nextBoolean() ? TEXT : TOOL);
        with.add(json);
        any |= thinking;
        if (!thinking) {
          without.add(json);
        }
      }
      before.add(assistant(with.toArray(String[]::new)));
      if (!without.isEmpty()) {
        after.add(assistant(without.toArray(String[]::new)));
      }
    }

    String expected = any ? conversation(after.toArray(String[]::new)) : null;
    assertThat(strip(conversation(before.toArray(String[]::new)))).isEqualTo(expected);
  }

  @Property
  void takesAnyBytes(long seed) {
    Random random = new Random(seed);
    byte[] body =
        conversation(USER, assistant(THINKING, TEXT), assistant(REDACTED)).getBytes(UTF_8);
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }

    List<Edit> edits = ThinkingStripper.edits(new ByteArrayInputStream(body));
    if (edits != null) {
      apply(body, edits);
    }
  }
}
