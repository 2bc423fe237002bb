package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.secrets.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveTokenTest {

  private static final Secret FIRST = Secret.of("ya29.test-first-token");
  private static final Secret SECOND = Secret.of("ya29.test-second-token");

  private final LiveToken token = new LiveToken();
  private final AtomicInteger asked = new AtomicInteger();

  LiveTokenTest() {
    token.keeper(asked::incrementAndGet);
  }

  @Test
  void isUsedUntilItEnds() {
    assertThat(token.at(0)).isNull();
    token.put(FIRST, 100);
    assertThat(token.at(99)).isEqualTo(FIRST);
    assertThat(token.at(100)).isNull();
  }

  @Test
  void aRefusedTokenIsTakenOutAtOnceAndAnotherIsAskedForOnce() {
    token.put(FIRST, 100);
    for (int i = 0; i < 200; i++) {
      assertThat(token.refused(FIRST)).isTrue();
    }
    assertThat(token.at(1)).isNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void aLateRefusalOfTheTokenBeforeSaysNothing() {
    token.put(FIRST, 100);
    token.put(SECOND, 200);
    assertThat(token.refused(FIRST)).isTrue();
    assertThat(token.at(1)).isEqualTo(SECOND);
    assertThat(asked).hasValue(0);
  }

  @Test
  void aSecondTokenThatIsRefusedBeforeItServedIsTheKeysFault() {
    token.put(FIRST, 100);
    token.refused(FIRST);
    token.put(SECOND, 200);
    assertThat(token.refused(SECOND)).isFalse();
    assertThat(asked).hasValue(1);
  }

  @Test
  void aTokenThatServedIsTrustedAgain() {
    token.put(FIRST, 100);
    token.refused(FIRST);
    token.put(SECOND, 200);
    token.accepted(SECOND);
    assertThat(token.refused(SECOND)).isTrue();
    assertThat(asked).hasValue(2);
  }

  @Test
  void exactlyOneKindOfCredentialIsSent() {
    List<String> headers = new ArrayList<>();
    new Credential.Account(token, "my-project").addTo(headers, Operation.GENERATE_CONTENT, FIRST);
    assertThat(headers)
        .containsExactly(
            "authorization", "Bearer ya29.test-first-token", "x-goog-user-project", "my-project");

    headers.clear();
    new Credential.ApiKey(Secret.of("AQ.test-key"))
        .addTo(headers, Operation.GENERATE_CONTENT, Secret.of("AQ.test-key"));
    assertThat(headers).containsExactly("x-goog-api-key", "AQ.test-key");
  }

  @Test
  void printsNoToken() {
    token.put(FIRST, 100);
    assertThat(token.toString() + new Credential.Account(token, "p") + new Credential.ApiKey(FIRST))
        .doesNotContain("first");
  }
}
