package dev.forebay.dialect.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Property;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SymbolsTest {

  private final Symbols symbols = new Symbols();

  private String of(String name, int behind) {
    byte[] array = ("{\"" + name + "\"" + "}".repeat(behind)).getBytes(UTF_8);
    return symbols.of(array, 2, array.length - behind - 1, array.length);
  }

  @Test
  void whatIsKnownIsTheSameString() {
    for (String name :
        new String[] {"", "a", "role", "eightxxx", "nine__xxx", "nämé", "x".repeat(32)}) {
      String first = of(name, 9);
      assertThat(first).isEqualTo(name);
      assertThat(of(name, 9)).isSameAs(first);
      // Near the end of a document there are no eight bytes left to look at.
      assertThat(of(name, 0)).isSameAs(first);
    }
  }

  @Test
  void whatIsOnlyLookedUpIsNotRemembered() {
    Symbols words = new Symbols("text", "content_block_delta");
    byte[] array = "text,content_block_delta,other".getBytes(UTF_8);
    assertThat(words.known(array, 0, 4, array.length)).isEqualTo("text");
    assertThat(words.known(array, 5, 24, array.length)).isEqualTo("content_block_delta");
    assertThat(words.known(array, 25, 30, array.length)).isNull();
    assertThat(words.known(array, 25, 30, array.length)).isNull();
  }

  @Test
  void longNamesAreNotKept() {
    String name = "x".repeat(33);
    assertThat(of(name, 9)).isEqualTo(name).isNotSameAs(of(name, 9));
  }

  /// Many more than there is room for.
  @Property(runs = 20)
  void symbolsAreNeverMistaken(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      String name = Integer.toString(random.nextInt(5_000), 36).repeat(random.nextInt(9));
      assertThat(of(name, random.nextInt(10))).isEqualTo(name);
    }
  }
}
