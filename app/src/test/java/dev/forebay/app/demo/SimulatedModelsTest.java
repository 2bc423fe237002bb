package dev.forebay.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.models.CatalogReader;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.dialect.Provider;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clients that are tried against the demo ask for whatever model is their own default.
class SimulatedModelsTest {

  @Test
  void theSimulatedProvidersHaveEveryModelOfTheCatalogue() throws Exception {
    SimulatorSpec spec =
        SimulatorSpec.of(
            SimulatedOrganization.anthropic("org-a", "sk-ant-a"),
            SimulatedOrganization.openai("org-o", "sk-o"),
            SimulatedOrganization.gemini("org-g", "AIza-g"));
    List<String> missing = new ArrayList<>();
    try (Simulator simulator = Simulator.start(spec, 0);
        HttpClient client = HttpClient.newHttpClient()) {
      for (ModelEntry entry : CatalogReader.shipped().entries()) {
        URI uri = URI.create(simulator.origin() + path(entry));
        HttpRequest request =
            switch (entry.provider()) {
              case ANTHROPIC ->
                  HttpRequest.newBuilder(uri)
                      .headers("x-api-key", "sk-ant-a", "anthropic-version", "2023-06-01")
                      .build();
              case OPENAI ->
                  HttpRequest.newBuilder(uri).header("authorization", "Bearer sk-o").build();
              case GEMINI -> HttpRequest.newBuilder(uri).header("x-goog-api-key", "AIza-g").build();
            };
        if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
          missing.add(entry.provider() + " " + entry.model());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static String path(ModelEntry entry) {
    return (entry.provider() == Provider.GEMINI ? "/v1beta/models/" : "/v1/models/")
        + entry.model();
  }
}
