package dev.forebay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4400, 127.0.0.1, 4400, true, http://127.0.0.1:4400",
    "4400, 127.0.0.1, 4400, true, http://127.0.0.1:4400",
    ":4400, 0.0.0.0, 4400, false, http://127.0.0.1:4400",
    "0.0.0.0:80, 0.0.0.0, 80, false, http://127.0.0.1:80",
    "[::1]:4400, ::1, 4400, true, http://[::1]:4400",
    "[::]:4400, ::, 4400, false, http://[::1]:4400",
    "localhost:0, localhost, 0, true, http://localhost:0",
    "gateway.internal:4400, gateway.internal, 4400, false, http://gateway.internal:4400"
  })
  void readsListenAddresses(String text, String host, int port, boolean loopback, String url) {
    HostPort address = HostPort.parse(text);
    assertThat(address).isEqualTo(new HostPort(host, port));
    assertThat(address.isLoopback()).isEqualTo(loopback);
    assertThat(address.url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:70000, port 70000 is not between 0 and 65535",
    "http://127.0.0.1:4400, (no http://",
    "::1:4400, needs brackets",
    "localhost:, the port is a number",
    "localhost, the port is a number"
  })
  void refusesOtherListenAddresses(String text, String message) {
    assertThatThrownBy(() -> HostPort.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com, true, api.openai.com, 443, '', https://api.openai.com",
    "https://api.openai.com/, true, api.openai.com, 443, '', https://api.openai.com",
    "HTTP://localhost:8080/a/b/, false, localhost, 8080, /a/b, http://localhost:8080/a/b",
    "http://[::1]:9000, false, ::1, 9000, '', http://[::1]:9000",
    "https://host:443, true, host, 443, '', https://host",
    "https://host/x/v1beta/, true, host, 443, /x, https://host/x",
    "http://10.0.0.1, false, 10.0.0.1, 80, '', http://10.0.0.1"
  })
  void readsBaseUrls(String text, boolean tls, String host, int port, String prefix, String shown) {
    Origin origin = Origin.parse(text);
    assertThat(origin).isEqualTo(new Origin(tls, host, port, prefix));
    assertThat(origin).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, must begin with https:// or http://",
    "https://, is not a URL",
    "https:///path, names no host",
    "https://host?x=1, has a query or fragment",
    "https://ho st, is not a URL",
    "https://host:0, it must be 1 to 65535",
    "https://user:pass@host, must not carry a user or password"
  })
  void refusesOtherBaseUrls(String text, String message) {
    assertThatThrownBy(() -> Origin.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyProviderHasAnAddress() {
    for (Provider provider : Provider.values()) {
      assertThat(Origin.parse(Origin.of(provider).toString())).isEqualTo(Origin.of(provider));
    }
  }
}
