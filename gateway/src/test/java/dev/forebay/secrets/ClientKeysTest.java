package dev.forebay.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientKeysTest {

  @Test
  void makesKeysOfThePrefixAndThirtyTwoCharactersOfBase62() {
    Random random = new Random(7);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      keys.add(ClientKeys.generate(random).reveal(SecretAccess.granted()));
    }

    assertThat(keys).hasSize(1_000).allMatch(key -> key.matches("fb-[0-9A-Za-z]{32}"));
    assertThat(keys.stream().flatMapToInt(key -> key.substring(3).chars()).distinct().count())
        .isEqualTo(62);
  }

  @Test
  void digestsAsSha256InHex() {
    assertThat(Digest.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.sha256("schlüssel")).hasSize(64).isNotEqualTo(Digest.sha256("schlussel"));
  }
}
