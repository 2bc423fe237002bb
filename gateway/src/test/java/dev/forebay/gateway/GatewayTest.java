package dev.forebay.gateway;

import dev.forebay.testing.ScriptedProvider;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// One event-loop group for a test class, one scripted provider for each test.
abstract class GatewayTest {

  static Vertx vertx;

  ScriptedProvider provider;

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    vertx.close().await();
  }

  @BeforeEach
  void startProvider() {
    provider = ScriptedProvider.start(vertx);
  }

  @AfterEach
  void stopProvider() {
    provider.close();
  }
}
