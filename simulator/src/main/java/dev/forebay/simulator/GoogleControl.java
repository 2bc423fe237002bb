package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/// Google's part of the control endpoint: what happened to accounts, and what shall go wrong.
/// Thread-safe.
final class GoogleControl {

  /// What can be told to Google. But for the first two, `"on": false` takes it back.
  private enum Action {
    REVOKE,
    EXPIRE_ACCESS_TOKENS,
    DEMAND_SIGN_IN,
    WITHHOLD_GEMINI,
    REFUSE_CONSENT,
    DISABLE_API,
    DELETE_CLIENT,
    TOKEN_ENDPOINT_DOWN,
    TOKEN_ENDPOINT_DELAY
  }

  private GoogleControl() {}

  /// @throws IllegalArgumentException if an entry is missing, unknown or does not fit
  static void act(Google google, JsonNode body) {
    StrictNode fields =
        StrictNode.of(body, "", "action", "account", "project", "client", "on", "duration");
    boolean on = fields.flag("on", true);
    switch (fields.constant("action", Action.class)) {
      case REVOKE -> google.revoke(fields.text("account"));
      case EXPIRE_ACCESS_TOKENS -> google.expireAccessTokens(fields.text("account"));
      case DEMAND_SIGN_IN -> google.demandSignIn(fields.text("account"), on);
      case WITHHOLD_GEMINI -> google.withholdGemini(fields.text("account"), on);
      case REFUSE_CONSENT -> google.refuseConsent(fields.text("account"), on);
      case DISABLE_API -> google.enableApi(fields.text("project"), !on);
      case DELETE_CLIENT -> google.deleteClient(fields.text("client"), on);
      case TOKEN_ENDPOINT_DOWN -> google.tokenEndpointDown(on);
      case TOKEN_ENDPOINT_DELAY ->
          google.tokenEndpointDelay(fields.duration("duration", Duration.ZERO));
    }
  }

  static ObjectNode report(Google google) {
    ObjectNode report = JsonText.object();
    report
        .putObject("tokenEndpoint")
        .put("down", google.down())
        .put("delay", google.delay().toMillis() + "ms");
    ArrayNode accounts = report.putArray("accounts");
    for (String email : google.emails()) {
      accounts.add(account(google, email));
    }
    ArrayNode projects = report.putArray("projects");
    for (GoogleSpec.Project project : google.spec().projects()) {
      projects
          .addObject()
          .put("id", project.id())
          .put("number", project.number())
          .put("apiEnabled", !google.disabled(project.number()));
    }
    ArrayNode clients = report.putArray("clients");
    for (GoogleSpec.Client client : google.spec().clients()) {
      ArrayNode uris =
          clients
              .addObject()
              .put("id", client.id())
              .put("deleted", google.client(client.id()) == null)
              .putArray("redirectUris");
      google.redirectUris(client.id()).stream().sorted().forEach(uris::add);
    }
    return report;
  }

  private static ObjectNode account(Google google, String email) {
    GoogleUsage usage = google.usage(email);
    ObjectNode node =
        JsonText.object()
            .put("email", email)
            .put("consents", usage.consents())
            .put("refusals", usage.refusals())
            .put("exchanges", usage.exchanges())
            .put("refreshes", usage.refreshes())
            .put("refusedRefreshes", usage.refusedRefreshes())
            .put("revocations", usage.revocations())
            .put("standingGrants", usage.standingGrants());
    ArrayNode projects = node.putArray("projects");
    google.projectsOf(email).forEach(project -> projects.add(project.id()));
    return node.put("demandsSignIn", google.demandsSignIn(email))
        .put("withholdsGemini", google.withholdsGemini(email))
        .put("refusesConsent", google.refusesConsent(email));
  }
}
