package dev.forebay.transport.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.control.GoogleSettings;
import dev.forebay.control.GoogleSettings.Endpoints;
import dev.forebay.control.google.Google;
import dev.forebay.control.google.TokenAnswer;
import dev.forebay.exchange.Upstream;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.transport.google.Line.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Google by HTTP, at the addresses of the settings. Thread-safe; blocks.
///
/// Nothing that Google says in words is passed on: it may repeat what was sent.
public final class GoogleHttp implements Google {

  private static final int MOST_PAGES = 10;
  private static final String PROJECTS_QUERY = "?filter=lifecycleState%3AACTIVE&pageSize=200";

  private final Line line;
  private final Supplier<GoogleSettings> settings;

  /// @param makeUpstream makes the way out; called on the loop it is for
  public GoogleHttp(
      Vertx vertx, Function<Vertx, Upstream> makeUpstream, Supplier<GoogleSettings> settings) {
    this.line = new Line(vertx, makeUpstream);
    this.settings = settings;
  }

  private Endpoints endpoints() {
    return settings.get().endpoints();
  }

  @Override
  public TokenAnswer exchange(
      GoogleSettings.Client client, Secret code, String redirectUri, Secret verifier) {
    Map<String, String> form = form("authorization_code");
    form.put("code", clear(code));
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", clear(verifier));
    return token(form, client);
  }

  @Override
  public TokenAnswer refresh(GoogleSettings.Client client, Secret refreshToken) {
    Map<String, String> form = form("refresh_token");
    form.put("refresh_token", clear(refreshToken));
    return token(form, client);
  }

  @Override
  public TokenAnswer grant(Secret assertion) {
    Map<String, String> form = form("urn:ietf:params:oauth:grant-type:jwt-bearer");
    form.put("assertion", clear(assertion));
    return token(form, null);
  }

  private static Map<String, String> form(String grantType) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grantType);
    return form;
  }

  private static String clear(Secret secret) {
    return secret.reveal(SecretAccess.granted());
  }

  private TokenAnswer token(Map<String, String> form, GoogleSettings.@Nullable Client client) {
    if (client != null) {
      form.put("client_id", client.id());
      form.put("client_secret", clear(client.secret()));
    }
    return switch (line.post(endpoints().token(), encoded(form))) {
      case Answer.Failed(String reason) -> new TokenAnswer.Unreachable(reason);
      case Answer.Answered answered -> TokenReader.read(answered.status(), answered.body());
    };
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public boolean revoke(Secret token) {
    return line.post(endpoints().revoke(), "token=" + URLEncoder.encode(clear(token), UTF_8))
            instanceof Answer.Answered answered
        && (answered.status() == 200
            || "invalid_token".equals(TokenReader.error(TokenReader.json(answered.body()))));
  }

  private static List<String> bearer(Secret accessToken) {
    return List.of("authorization", "Bearer " + clear(accessToken));
  }

  @Override
  public Who who(Secret accessToken) {
    return switch (line.get(endpoints().userinfo(), bearer(accessToken))) {
      case Answer.Failed(String reason) -> new Who.Unknown(reason);
      case Answer.Answered answered -> {
        JsonObject json = TokenReader.json(answered.body());
        yield answered.status() == 200
                && json != null
                && json.getValue("sub") instanceof String subject
                && json.getValue("email") instanceof String email
            ? new Who.Known(subject, email)
            : new Who.Unknown("status " + answered.status());
      }
    };
  }

  @Override
  public Projects projects(Secret accessToken) {
    List<Project> all = new ArrayList<>();
    String page = null;
    for (int i = 0; i < MOST_PAGES; i++) {
      URI url =
          URI.create(
              endpoints().projects()
                  + PROJECTS_QUERY
                  + (page == null ? "" : "&pageToken=" + URLEncoder.encode(page, UTF_8)));
      switch (line.get(url, bearer(accessToken))) {
        case Answer.Failed(String reason) -> {
          return new Projects.NotListed("Google could not be asked for projects: " + reason + ".");
        }
        case Answer.Answered answered -> {
          JsonObject json = TokenReader.json(answered.body());
          if (answered.status() != 200 || json == null) {
            return new Projects.NotListed(Refusals.ofProjectList(answered.status(), json));
          }
          read(json, all);
          page = json.getValue("nextPageToken") instanceof String next ? next : null;
        }
      }
      if (page == null || page.isEmpty()) {
        break;
      }
    }
    return new Projects.Listed(all);
  }

  private static void read(JsonObject json, List<Project> into) {
    if (!(json.getValue("projects") instanceof JsonArray list)) {
      return;
    }
    for (Object each : list) {
      if (each instanceof JsonObject project
          && project.getValue("projectId") instanceof String id
          && !"DELETE_REQUESTED".equals(project.getValue("lifecycleState"))) {
        Object name = project.getValue("name");
        Object number = project.getValue("projectNumber");
        into.add(
            new Project(
                id,
                name instanceof String text && !text.isBlank() ? text : id,
                number == null ? null : number.toString()));
      }
    }
  }

  @Override
  public Trial tryProject(Secret accessToken, String project) {
    List<String> headers = new ArrayList<>(bearer(accessToken));
    headers.add("x-goog-user-project");
    headers.add(project);
    URI url = URI.create(endpoints().api() + "/v1beta/models?pageSize=1");
    return switch (line.get(url, headers)) {
      case Answer.Failed(String reason) ->
          new Trial(Trial.Verdict.UNKNOWN, "Google could not be asked: " + reason + ".");
      case Answer.Answered answered ->
          Refusals.ofTrial(project, answered.status(), TokenReader.json(answered.body()));
    };
  }

  @Override
  public Page consentPage(URI url) {
    return switch (line.get(url, List.of())) {
      case Answer.Failed _ -> Page.UNREACHABLE;
      case Answer.Answered answered -> Refusals.ofConsentPage(answered);
    };
  }
}
