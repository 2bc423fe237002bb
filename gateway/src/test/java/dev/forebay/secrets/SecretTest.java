package dev.forebay.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {

  private static final String KEY = "sk-ant-api03-material-9876";

  @Test
  void showsItsLastFourCharactersOnly() {
    assertThat(Secret.of(KEY)).hasToString("Secret[…9876]");
    assertThat(List.of(Secret.of(KEY)).toString()).doesNotContain("material");
    assertThat(Secret.of(KEY).suffix()).isEqualTo("9876");
  }

  @Test
  void aShortSecretShowsNothing() {
    assertThat(Secret.of("elevenchars").suffix()).isEmpty();
    assertThat(Secret.of("twelve-chars").suffix()).isEqualTo("hars");
    assertThat(Secret.of("hunter2")).hasToString("Secret[…]");
  }

  @Test
  void isReadWithThePermission() {
    assertThat(Secret.of(KEY).reveal(SecretAccess.granted())).isEqualTo(KEY);
  }

  @Test
  void equalsTheSameSecret() {
    assertThat(Secret.of(KEY)).isEqualTo(Secret.of(KEY)).hasSameHashCodeAs(Secret.of(KEY));
    assertThat(Secret.of(KEY)).isNotEqualTo(Secret.of(KEY + "x")).isNotEqualTo(KEY);
  }

  @Test
  void isNeverEmpty() {
    assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
  }
}
