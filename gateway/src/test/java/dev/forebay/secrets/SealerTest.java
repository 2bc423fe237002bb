package dev.forebay.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {

  private static final Secret SECRET = Secret.of("sk-ant-api03-ключ-9876");

  @TempDir Path directory;

  private Path file;

  private Sealer sealer;

  @BeforeEach
  void fileSealer() {
    file = directory.resolve("keyset.json");
    sealer = Sealer.inFile(file);
  }

  @Test
  void opensWhatItSealed() {
    byte[] sealed = sealer.seal(SECRET, "w", "k1");

    assertThat(sealer.open(sealed, "w", "k1")).isEqualTo(new Opening.Opened(SECRET));
    assertThat(sealer.stale(sealed)).isFalse();
    assertThat(new String(sealed, UTF_8)).doesNotContain("api03");
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    assertThat(sealer.seal(SECRET, "w", "k1")).isNotEqualTo(sealer.seal(SECRET, "w", "k1"));
  }

  @Test
  void doesNotOpenASecretInAnotherRow() {
    byte[] sealed = sealer.seal(SECRET, "ab", "c");

    assertThat(sealer.open(sealed, "a", "bc")).isInstanceOf(Opening.Refused.class);
    assertThat(sealer.open(sealed, "ab", "d")).isInstanceOf(Opening.Refused.class);
  }

  @Test
  void doesNotOpenAnAlteredSecret() {
    byte[] sealed = sealer.seal(SECRET, "w", "k1");
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThat(sealer.open(altered, "w", "k1")).isInstanceOf(Opening.Refused.class);
    }
    assertThat(sealer.open(new byte[0], "w", "k1")).isInstanceOf(Opening.Refused.class);
  }

  @Test
  void makesAPrivateKeysetWhenTheFirstSecretIsSealed() throws IOException {
    assertThat(file).doesNotExist();
    sealer.seal(SECRET, "w", "k1");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anotherProcessOpensWithTheSameFile() {
    byte[] sealed = sealer.seal(SECRET, "w", "k1");

    assertThat(Sealer.inFile(file).open(sealed, "w", "k1")).isEqualTo(new Opening.Opened(SECRET));
  }

  @Test
  void aRotationAddsAPrimaryKeyAndKeepsTheOldOnes() {
    byte[] old = sealer.seal(SECRET, "w", "k1");
    sealer.rotate();
    byte[] next = sealer.seal(SECRET, "w", "k1");

    assertThat(sealer.stale(old)).isTrue();
    assertThat(sealer.stale(next)).isFalse();
    assertThat(sealer.open(old, "w", "k1")).isEqualTo(new Opening.Opened(SECRET));
    assertThat(sealer.open(next, "w", "k1")).isEqualTo(new Opening.Opened(SECRET));
    assertThat(Sealer.inFile(file).open(old, "w", "k1")).isEqualTo(new Opening.Opened(SECRET));
  }

  @Test
  void noticesThatAnotherProcessRotated() {
    sealer.seal(SECRET, "w", "k1");
    Sealer other = Sealer.inFile(file);
    other.rotate();
    byte[] sealed = other.seal(SECRET, "w", "k1");

    assertThat(sealer.open(sealed, "w", "k1")).isEqualTo(new Opening.Opened(SECRET));
  }

  @Test
  void saysThatTheKeysetIsMissing() throws IOException {
    byte[] sealed = sealer.seal(SECRET, "w", "k1");
    Files.delete(file);

    assertThat(((Opening.Refused) Sealer.inFile(file).open(sealed, "w", "k1")).problem())
        .contains("missing")
        .contains(file.toString());
  }

  @Test
  void saysWhichKeysetKeyIsMissing() {
    byte[] sealed = sealer.seal(SECRET, "w", "k1");
    Sealer other = Sealer.ofText("FOREBAY_KEYSET", Sealer.generated());

    assertThat(((Opening.Refused) other.open(sealed, "w", "k1")).problem())
        .contains(Integer.toUnsignedString(Keyset.keyId(sealed)))
        .contains("FOREBAY_KEYSET does not hold")
        .contains("restore");
  }

  @Test
  void rotatesTextForThoseWhoKeepItThemselves() {
    String text = Sealer.generated();
    byte[] sealed = Sealer.ofText("X", text).seal(SECRET, "w", "k1");
    Sealer rotated = Sealer.ofText("X", Sealer.rotated("X", text));

    assertThat(rotated.open(sealed, "w", "k1")).isEqualTo(new Opening.Opened(SECRET));
    assertThat(rotated.stale(sealed)).isTrue();
    assertThatThrownBy(rotated::rotate)
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining("not a file");
  }

  @Test
  void refusesTextThatIsNoKeysetWithoutShowingIt() {
    for (String text : new String[] {"", "{}", "[]", "secret", "{\"primaryKeyId\":1,\"key\":[]}"}) {
      assertThatThrownBy(() -> Sealer.ofText("FOREBAY_KEYSET", text))
          .isInstanceOf(KeysetException.class)
          .hasMessageContaining("FOREBAY_KEYSET")
          .hasMessageContaining("AES-256-GCM");
    }
  }

  @Test
  void saysThatTheKeysetFileIsDamaged() throws IOException {
    byte[] sealed = sealer.seal(SECRET, "w", "k1");
    Files.writeString(file, "{");

    assertThatThrownBy(() -> Sealer.inFile(file).open(sealed, "w", "k1"))
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("backup");
  }

  @Test
  void makesTheDirectoryOfTheKeyset() throws IOException {
    Path deep = directory.resolve("deep/data");
    Sealer.inFile(deep.resolve("keyset.json")).seal(SECRET, "w", "k1");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
        .isEqualTo("rwx------");
  }

  @Test
  void saysThatTheKeysetCannotBeMade() {
    Sealer nowhere = Sealer.inFile(Path.of("/proc/missing/keyset.json"));

    assertThatThrownBy(() -> nowhere.seal(SECRET, "w", "k1"))
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining("missing/keyset.json")
        .hasMessageContaining("writable");
  }

  @Test
  void theFirstOfTwoKeysetsStays() throws IOException {
    assertThat(PrivateFiles.create(file, "first".getBytes(UTF_8))).isTrue();
    assertThat(PrivateFiles.create(file, "second".getBytes(UTF_8))).isFalse();

    assertThat(file).hasContent("first");
    PrivateFiles.replace(file, "third".getBytes(UTF_8));
    assertThat(file).hasContent("third");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }
}
