package dev.forebay.app.demo;

import dev.forebay.simulator.Fault;
import dev.forebay.simulator.FaultRule;
import dev.forebay.simulator.GoogleSpec;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.Project;
import dev.forebay.simulator.GoogleSpec.User;
import dev.forebay.simulator.KeyMatcher;
import dev.forebay.simulator.Limits;
import dev.forebay.simulator.Pace;
import dev.forebay.simulator.SimulatedKey;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.SimulatorSpec;
import dev.forebay.simulator.StreamError;
import java.time.Duration;
import java.util.List;

/// Who plays: three providers, nine keys, three Google accounts, limits small enough to be hit
/// within a minute.
///
/// Each provider has one key of low priority with all the room in the world, so that clients never
/// see an error whatever happens to the others.
final class Cast {
  /// The client key of the demo. It is no secret: it opens nothing but made-up text.
  static final String CLIENT_KEY = "fb-demo";

  /// The key that is revoked half-way.
  static final String REVOKED = "sk-demo-contractor";

  /// One of two keys that share a limit.
  static final String SHARED = "sk-demo-main";

  /// A key with much to do.
  static final String BUSY = "sk-ant-demo-team-b";

  /// The OAuth client of the demo's own Google.
  static final String GOOGLE_CLIENT = "100000000003-demo.apps.googleusercontent.com";

  private static final String GOOGLE_SECRET = "GOCSPX-demo";

  /// Who connects an account, and whose project it uses: two of them one and the same.
  static final List<String[]> ACCOUNTS =
      List.of(
          new String[] {"anna@example.org", "acme-research"},
          new String[] {"ben@example.org", "acme-mobile"},
          new String[] {"carla@example.org", "acme-mobile"});

  /// The account that its person disconnects at Google.
  static final String LEAVING = "carla@example.org";

  private static final double ACCIDENTS = 0.006;
  private static final double INSIDE_STREAM = 0.05;

  private Cast() {}

  static SimulatorSpec providers(long seed) {
    return SimulatorSpec.of(
            anthropic("org-orchard", "sk-ant-demo-team-a", perMinute(70, 40_000)),
            anthropic("org-harbour", "sk-ant-demo-team-b", perMinute(50, 30_000)),
            anthropic("org-reserve", "sk-ant-demo-reserve", Limits.NONE),
            SimulatedOrganization.openai("org-acme")
                .withLimits(perMinute(90, 60_000))
                .withKeys(
                    SimulatedKey.of("sk-demo-main").withSection("proj_main"),
                    SimulatedKey.of("sk-demo-research").withSection("proj_research")),
            SimulatedOrganization.openai("org-contractor")
                .withLimits(perMinute(120, 80_000))
                .withKeys(SimulatedKey.of(REVOKED)),
            SimulatedOrganization.openai("org-reserve")
                .withKeys(SimulatedKey.of("sk-demo-reserve")),
            SimulatedOrganization.gemini("100000000001")
                .withLimits(Limits.requestsPerMinute(25))
                .withFreeTier(true)
                .withKeys(SimulatedKey.of("AQ.demo-free")),
            SimulatedOrganization.gemini("100000000002").withKeys(SimulatedKey.of("AQ.demo-paid")),
            SimulatedOrganization.gemini("100000000003").withLimits(Limits.requestsPerMinute(20)),
            SimulatedOrganization.gemini("100000000004").withLimits(Limits.requestsPerMinute(30)))
        .withGoogle(google())
        .withSeed(seed)
        .withPace(new Pace(Duration.ofMillis(350), 90, 60))
        .withFault(new FaultRule(KeyMatcher.any(), new Fault.ServerError(500), ACCIDENTS))
        .withFault(new FaultRule(KeyMatcher.any(), new Fault.ResetBeforeHeaders(), ACCIDENTS))
        .withFault(
            new FaultRule(
                KeyMatcher.any().withPath(":streamGenerateContent"),
                new Fault.ErrorInsideStream(0, StreamError.OVERLOADED),
                INSIDE_STREAM));
  }

  private static GoogleSpec google() {
    return GoogleSpec.NONE
        .withProjects(
            Project.of("acme-research", "100000000003").withName("Acme Research"),
            Project.of("acme-mobile", "100000000004").withName("Acme Mobile"))
        .withUsers(
            User.of("anna@example.org", "acme-research", "acme-mobile").withName("Anna Berg"),
            User.of("ben@example.org", "acme-mobile").withName("Ben Okafor"),
            User.of("carla@example.org", "acme-mobile").withName("Carla Diaz"))
        .withClients(Client.web(GOOGLE_CLIENT, GOOGLE_SECRET));
  }

  private static SimulatedOrganization anthropic(String id, String secret, Limits limits) {
    return SimulatedOrganization.anthropic(id).withLimits(limits).withKeys(SimulatedKey.of(secret));
  }

  private static Limits perMinute(long requests, long tokens) {
    return Limits.requestsPerMinute(requests).withTokensPerMinute(tokens);
  }

  /// The settings of the gateway in front of them.
  static String settings(int port, String simulator) {
    return """
    listen: 127.0.0.1:%1$d
    accessLog: off
    drain: 1s
    clientKeys:
      - { name: demo, key: %2$s }
    google:
      clientId: %4$s
      clientSecret: %5$s
      endpoints:
        authorize: %3$s/o/oauth2/v2/auth
        token: %3$s/token
        revoke: %3$s/revoke
        userinfo: %3$s/v1/userinfo
        projects: %3$s/v1/projects
        api: %3$s
    keys:
      - { provider: anthropic, name: team-a,     secret: sk-ant-demo-team-a,  priority: 8, dailyTokens: 40k,  baseUrl: %3$s }
      - { provider: anthropic, name: team-b,     secret: sk-ant-demo-team-b,  priority: 8, dailyTokens: 400k, baseUrl: %3$s }
      - { provider: anthropic, name: reserve,    secret: sk-ant-demo-reserve, priority: 2, dailyTokens: 2M,   baseUrl: %3$s }
      - { provider: openai,    name: main,       secret: sk-demo-main,        priority: 7, dailyTokens: 250k, limitGroup: acme, baseUrl: %3$s }
      - { provider: openai,    name: research,   secret: sk-demo-research,    priority: 7, dailyTokens: 12k,  limitGroup: acme, baseUrl: %3$s }
      - { provider: openai,    name: contractor, secret: sk-demo-contractor,  priority: 7, dailyTokens: 120k, baseUrl: %3$s }
      - { provider: openai,    name: reserve,    secret: sk-demo-reserve,     priority: 2, baseUrl: %3$s }
      - { provider: gemini,    name: free-tier,  secret: AQ.demo-free,        priority: 9, dailyTokens: 300k, baseUrl: %3$s }
      - { provider: gemini,    name: paid,       secret: AQ.demo-paid,        priority: 4, baseUrl: %3$s }
    """
        .formatted(port, CLIENT_KEY, simulator, GOOGLE_CLIENT, GOOGLE_SECRET);
  }
}
