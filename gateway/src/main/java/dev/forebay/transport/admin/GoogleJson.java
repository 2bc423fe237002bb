package dev.forebay.transport.admin;

import dev.forebay.control.GoogleSettings;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.google.AccountView;
import dev.forebay.control.google.AccountWarnings;
import dev.forebay.control.google.AccountWarnings.Warning;
import dev.forebay.control.google.ClientCheck;
import dev.forebay.control.google.GoogleAccounts.ProjectList;
import dev.forebay.control.google.GoogleAccounts.ProjectView;
import dev.forebay.control.google.GoogleClients;
import dev.forebay.control.google.GoogleScopes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes Google accounts as the contract words them.
final class GoogleJson {

  private GoogleJson() {}

  static JsonObject client(GoogleClients.View view) {
    JsonObject json =
        new JsonObject()
            .put("configured", view.ready())
            .put("secretSet", view.secretSet())
            .put("publishing", RequestJson.word(view.publishing()))
            .put("managed", view.managed())
            .put("scopes", new JsonArray(GoogleScopes.ALL))
            .put("services", new JsonArray(GoogleScopes.SERVICES));
    Values.put(json, "clientId", view.clientId());
    Values.put(json, "consoleUrl", view.consoleUrl());
    Values.put(json, "consoleUrlSource", view.consoleUrlSource());
    String redirectUri = view.redirectUri();
    if (redirectUri == null) {
      json.put(
          "redirectProblem",
          "Nobody said where browsers reach this console: set its URL here, or 'publicUrl' in the"
              + " configuration file.");
    } else {
      json.put("redirectUri", redirectUri);
    }
    Values.put(json, "problem", view.problem());
    return json;
  }

  static JsonObject check(List<ClientCheck.Finding> findings) {
    JsonArray list = new JsonArray();
    for (ClientCheck.Finding finding : findings) {
      list.add(
          new JsonObject()
              .put("what", finding.what())
              .put("verdict", RequestJson.word(finding.verdict()))
              .put("message", finding.message()));
    }
    return new JsonObject().put("ok", ClientCheck.ok(findings)).put("findings", list);
  }

  static JsonObject account(
      AccountView view, GoogleSettings.@Nullable Client client, Picture picture) {
    StoredAccount account = view.account();
    JsonObject json =
        new JsonObject()
            .put("id", view.id())
            .put("kind", account.kind().id())
            .put("name", view.name())
            .put("email", account.email())
            .put("scopes", new JsonArray(account.scopes().stream().sorted().toList()))
            .put("paused", view.paused())
            .put("connectedAt", Values.instant(account.connectedAt()))
            .put("connection", connection(view, client));
    Values.put(json, "project", account.project());
    Values.put(json, "limitGroup", view.limitGroup());
    picture.look(view.id()).ifPresent(look -> json.put("health", PoolJson.key(look)));
    return json;
  }

  private static JsonObject connection(AccountView view, GoogleSettings.@Nullable Client client) {
    AccountView.Connection connection = view.connection();
    JsonObject json = new JsonObject().put("state", RequestJson.word(connection.state()));
    Values.put(json, "message", connection.message());
    Values.put(json, "tokenExpiresAt", connection.tokenExpiresAt());
    Values.put(json, "nextRefreshAt", connection.nextRefreshAt());
    Values.put(json, "refreshTokenExpiresAt", AccountWarnings.latest(view.account(), client));
    Values.put(json, "endedAt", view.account().endedAt());
    return json;
  }

  static JsonObject list(
      List<AccountView> all,
      List<Warning> warnings,
      GoogleSettings.@Nullable Client client,
      Picture picture) {
    JsonArray accounts = new JsonArray();
    int healthy = 0;
    int attention = 0;
    for (AccountView view : all) {
      JsonObject json = account(view, client, picture);
      accounts.add(json);
      JsonObject health = json.getJsonObject("health");
      String state = health == null ? "" : health.getJsonObject("state").getString("state", "");
      if (state.equals("healthy")) {
        healthy++;
      } else if (state.equals("rejected") || view.connection().state().needsAttention()) {
        attention++;
      }
    }
    return new JsonObject()
        .put(
            "counts",
            new JsonObject()
                .put("accounts", all.size())
                .put("healthy", healthy)
                .put("attention", attention))
        .put("warnings", warnings(warnings))
        .put("accounts", accounts);
  }

  private static JsonArray warnings(List<Warning> warnings) {
    JsonArray list = new JsonArray();
    for (Warning warning : warnings) {
      JsonObject json =
          new JsonObject()
              .put("kind", RequestJson.word(warning.kind()))
              .put("message", warning.message())
              .put("keys", new JsonArray(warning.keys()));
      Values.put(json, "project", warning.project());
      list.add(json);
    }
    return list;
  }

  static JsonObject projects(ProjectList found) {
    JsonArray list = new JsonArray();
    for (ProjectView view : found.projects()) {
      JsonObject json =
          new JsonObject().put("id", view.project().id()).put("name", view.project().name());
      Values.put(json, "number", view.project().number());
      if (!view.usedBy().isEmpty()) {
        json.put("usedBy", new JsonArray(view.usedBy()));
      }
      list.add(json);
    }
    JsonObject json = new JsonObject().put("listed", found.problem() == null).put("projects", list);
    Values.put(json, "message", found.problem());
    return json;
  }
}
