package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import org.junit.jupiter.api.Test;

class CacheKeysTest {

  @Test
  void openAisOwnHostsAreTold() {
    assertThat(CacheKeys.OPENAI.reach(Origin.of(Provider.OPENAI))).isTrue();
    assertThat(CacheKeys.OPENAI.reach(Origin.parse("https://eu.api.openai.com/v1"))).isTrue();
    assertThat(CacheKeys.OPENAI.reach(Origin.parse("https://notapi.openai.com"))).isFalse();
    assertThat(CacheKeys.OPENAI.reach(Origin.parse("https://api.openai.com.example"))).isFalse();
    assertThat(CacheKeys.OPENAI.reach(Origin.parse("http://127.0.0.1:9000"))).isFalse();
  }

  @Test
  void alwaysAndNeverMeanWhatTheySay() {
    assertThat(CacheKeys.ALWAYS.reach(Origin.parse("http://127.0.0.1:9000"))).isTrue();
    assertThat(CacheKeys.NEVER.reach(Origin.of(Provider.OPENAI))).isFalse();
  }
}
