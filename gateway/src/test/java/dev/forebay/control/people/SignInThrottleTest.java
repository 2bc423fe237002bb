package dev.forebay.control.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.people.SignInThrottle.Turn;
import dev.forebay.storage.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

  private final FakeTicker ticker = new FakeTicker();
  private final SignInThrottle throttle = new SignInThrottle(ticker);

  private Duration blocked(String account, String address) {
    return switch (throttle.take(account, address)) {
      case Turn.Taken _ -> Duration.ZERO;
      case Turn.Refused(Duration retryAfter) -> retryAfter;
    };
  }

  @Test
  void anAddressIsBlockedWhateverAccountItTries() {
    for (int i = 0; i < 11; i++) {
      assertThat(blocked("a" + i, "10.0.0.1")).isZero();
    }
    assertThat(blocked("another", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
    assertThat(blocked("another", "10.0.0.2")).isZero();
  }

  @Test
  void aBlockGrowsToItsBoundAndIsForgotten() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 40; i++) {
      Duration wait = blocked("ann", "10.0.1." + i);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      ticker.advance(wait);
    }
    assertThat(longest).isEqualTo(Duration.ofMinutes(1));
    ticker.advance(Duration.ofHours(1));
    for (int i = 0; i < 6; i++) {
      assertThat(blocked("ann", "10.0.2." + i)).isZero();
    }
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddress() {
    for (int i = 0; i < 11; i++) {
      assertThat(blocked("a" + i, "2001:db8:0:1::" + i)).isZero();
    }
    assertThat(blocked("x", "2001:db8:0:1:ffff::1")).isPositive();
    assertThat(blocked("x", "2001:db8:0:2::1")).isZero();
    assertThat(blocked("x", "::1")).isZero();
  }

  @Test
  void successForgivesTheAccountAndOneFailureOfTheAddress() {
    for (int i = 0; i < 50; i++) {
      Turn turn = throttle.take("ann", "10.0.0.1");
      assertThat(turn).isInstanceOf(Turn.Taken.class);
      throttle.succeeded((Turn.Taken) turn);
    }
  }
}
