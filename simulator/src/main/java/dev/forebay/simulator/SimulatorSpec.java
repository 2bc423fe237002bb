package dev.forebay.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything a simulator is told before it starts. Immutable.
///
/// @param pace how fast models answer
/// @param shape fixed sizes instead of real answers
/// @param seed what generated text, ids and chance follow from
/// @param faults standing faults from the start
/// @param models additional model ids by provider; a known id adds nothing
/// @param host address to bind
/// @param eventLoops HTTP servers that share the port, one event loop each
/// @param recordedRequests how many of the latest requests are kept for [Simulator#requests()]
/// @param google accounts, projects and OAuth clients at Google
public record SimulatorSpec(
    List<SimulatedOrganization> organizations,
    Pace pace,
    Shape shape,
    long seed,
    List<FaultRule> faults,
    Map<String, List<String>> models,
    String host,
    int eventLoops,
    int recordedRequests,
    GoogleSpec google) {

  public SimulatorSpec {
    organizations = List.copyOf(organizations);
    faults = List.copyOf(faults);
    models = Map.copyOf(models);
    models.keySet().forEach(Provider::of);
    if (eventLoops < 1) {
      throw new IllegalArgumentException("eventLoops: " + eventLoops + " (expected: >= 1)");
    }
    if (recordedRequests < 0) {
      throw new IllegalArgumentException(
          "recordedRequests: " + recordedRequests + " (expected: >= 0)");
    }
    Map<String, String> owners = new HashMap<>();
    for (SimulatedOrganization organization : organizations) {
      for (SimulatedKey key : organization.keys()) {
        String other = owners.put(organization.provider() + ' ' + key.secret(), organization.id());
        if (other != null) {
          throw new IllegalArgumentException(
              "secret: one of %s's is given to '%s' and to '%s' (expected: once)"
                  .formatted(organization.provider(), other, organization.id()));
        }
      }
    }
    for (GoogleSpec.Project project : google.projects()) {
      if (organizations.stream()
          .noneMatch(one -> one.provider().equals("gemini") && one.id().equals(project.number()))) {
        throw new IllegalArgumentException(
            "number: '%s' of project %s (expected: the id of an organisation of gemini)"
                .formatted(project.number(), project.id()));
      }
    }
  }

  /// No latency, natural answers, one event loop on 127.0.0.1.
  public static SimulatorSpec of(SimulatedOrganization... organizations) {
    return new SimulatorSpec(
        List.of(organizations),
        Pace.INSTANT,
        Shape.NATURAL,
        1,
        List.of(),
        Map.of(),
        "127.0.0.1",
        1,
        1000,
        GoogleSpec.NONE);
  }

  /// Two keys of each provider, each in an organisation of its own with limits of a small account,
  /// at the pace of real models: what runs when nothing is specified.
  public static SimulatorSpec standard() {
    Limits limits = Limits.requestsPerMinute(120).withTokensPerMinute(200_000);
    return of(
            SimulatedOrganization.anthropic("sim-org-a", "sim-anthropic-1").withLimits(limits),
            SimulatedOrganization.anthropic("sim-org-b", "sim-anthropic-2").withLimits(limits),
            SimulatedOrganization.openai("sim-org-a", "sim-openai-1").withLimits(limits),
            SimulatedOrganization.openai("sim-org-b", "sim-openai-2").withLimits(limits),
            SimulatedOrganization.gemini("100000000001", "sim-gemini-1").withLimits(limits),
            SimulatedOrganization.gemini("100000000002", "sim-gemini-2").withLimits(limits))
        .withPace(new Pace(Duration.ofMillis(300), 80));
  }

  /// Reads a specification; an unknown or ill-typed entry is an [IllegalArgumentException] that
  /// names its place and what is expected there.
  public static SimulatorSpec fromYaml(Path file) throws IOException {
    return SpecReader.read(file);
  }

  /// Reads a specification from text.
  public static SimulatorSpec fromYaml(String text) {
    return SpecReader.read(text);
  }

  public SimulatorSpec withPace(Pace value) {
    return new SimulatorSpec(
        organizations,
        value,
        shape,
        seed,
        faults,
        models,
        host,
        eventLoops,
        recordedRequests,
        google);
  }

  public SimulatorSpec withShape(Shape value) {
    return new SimulatorSpec(
        organizations,
        pace,
        value,
        seed,
        faults,
        models,
        host,
        eventLoops,
        recordedRequests,
        google);
  }

  public SimulatorSpec withSeed(long value) {
    return new SimulatorSpec(
        organizations,
        pace,
        shape,
        value,
        faults,
        models,
        host,
        eventLoops,
        recordedRequests,
        google);
  }

  public SimulatorSpec withFault(FaultRule value) {
    List<FaultRule> all = new ArrayList<>(faults);
    all.add(value);
    return new SimulatorSpec(
        organizations, pace, shape, seed, all, models, host, eventLoops, recordedRequests, google);
  }

  public SimulatorSpec withModels(Map<String, List<String>> value) {
    return new SimulatorSpec(
        organizations,
        pace,
        shape,
        seed,
        faults,
        value,
        host,
        eventLoops,
        recordedRequests,
        google);
  }

  public SimulatorSpec withHost(String value) {
    return new SimulatorSpec(
        organizations,
        pace,
        shape,
        seed,
        faults,
        models,
        value,
        eventLoops,
        recordedRequests,
        google);
  }

  public SimulatorSpec withEventLoops(int value) {
    return new SimulatorSpec(
        organizations, pace, shape, seed, faults, models, host, value, recordedRequests, google);
  }

  public SimulatorSpec withRecordedRequests(int value) {
    return new SimulatorSpec(
        organizations, pace, shape, seed, faults, models, host, eventLoops, value, google);
  }

  public SimulatorSpec withGoogle(GoogleSpec value) {
    return new SimulatorSpec(
        organizations,
        pace,
        shape,
        seed,
        faults,
        models,
        host,
        eventLoops,
        recordedRequests,
        value);
  }
}
