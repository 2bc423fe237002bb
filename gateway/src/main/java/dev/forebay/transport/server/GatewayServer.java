package dev.forebay.transport.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The data plane's listener: one [Loop] per event loop on one address. Thread-safe.
public final class GatewayServer {

  private final Vertx vertx;
  private final List<Loop> loops;
  private final String deployment;

  private GatewayServer(Vertx vertx, List<Loop> loops, String deployment) {
    this.vertx = vertx;
    this.loops = loops;
    this.deployment = deployment;
  }

  /// Starts listening. Fails with a [java.net.BindException] when the address cannot be had.
  public static Future<GatewayServer> start(Vertx vertx, ServerSpec spec) {
    List<Loop> loops = new CopyOnWriteArrayList<>();
    return vertx
        .deployVerticle(
            () -> {
              Loop loop = new Loop(spec);
              loops.add(loop);
              return loop;
            },
            new DeploymentOptions().setInstances(spec.loops()))
        .map(id -> new GatewayServer(vertx, List.copyOf(loops), id));
  }

  /// The port that was bound.
  public int port() {
    return loops.getFirst().port();
  }

  /// Exchanges under way.
  public int live() {
    int sum = 0;
    for (Loop loop : loops) {
      sum += loop.live();
    }
    return sum;
  }

  /// Stops: takes no new connections, lets live exchanges end within `grace`, then tells the rest
  /// in their own dialect that the gateway is going, and closes.
  public Future<Void> stop(Duration grace) {
    Future<?>[] drained = new Future<?>[loops.size()];
    for (int i = 0; i < drained.length; i++) {
      drained[i] = loops.get(i).drain(grace);
    }
    return Future.join(List.of(drained)).transform(done -> vertx.undeploy(deployment));
  }
}
