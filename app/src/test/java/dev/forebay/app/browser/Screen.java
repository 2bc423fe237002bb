package dev.forebay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.forebay.app.BrowsedGateway;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody sees in one window, found by role and by name.
record Screen(Page page, BrowsedGateway gateway) {

  Screen open(String path) {
    page.navigate(gateway.url() + path);
    return this;
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator text(String words) {
    return page.getByText(words);
  }

  Locator alert() {
    return page.getByRole(AriaRole.ALERT);
  }

  Locator dialog(String name) {
    return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
  }

  Locator region(String name) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
  }

  /// The row of a table in which this word stands alone.
  Locator row(String word) {
    return page.getByRole(AriaRole.ROW)
        .filter(
            new Locator.FilterOptions()
                .setHas(page.getByText(word, new Page.GetByTextOptions().setExact(true))));
  }

  /// An entry of an open menu.
  Locator entry(String name) {
    return page.getByRole(
        AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The choice of a segmented control or a group of radio buttons.
  Locator choice(String group, String name) {
    return page.getByRole(AriaRole.RADIOGROUP, new Page.GetByRoleOptions().setName(group))
        .getByText(name, new Locator.GetByTextOptions().setExact(true));
  }

  /// Does something and waits for the call of the API that follows from it.
  int calls(String method, String path, Runnable action) {
    Pattern pattern = Pattern.compile(".*/api/v1" + path);
    return page.waitForResponse(
            response ->
                response.request().method().equals(method)
                    && pattern.matcher(response.url()).matches(),
            action)
        .status();
  }

  /// Calls the API with this window's session.
  APIResponse api(String method, String path, @Nullable Object body) {
    RequestOptions options = RequestOptions.create().setMethod(method);
    if (!method.equals("GET")) {
      JsonObject session =
          new JsonObject(page.request().get(gateway.url() + "/api/v1/session").text());
      if (session.containsKey("csrfToken")) {
        options.setHeader("x-csrf-token", session.getString("csrfToken"));
      }
    }
    if (body != null) {
      options.setHeader("content-type", "application/json").setData(body.toString());
    }
    return page.request().fetch(gateway.url() + "/api/v1" + path, options);
  }

  private JsonObject done(APIResponse response) {
    assertThat(response.ok()).as("%s: %s", response.url(), response.text()).isTrue();
    return response.text().isEmpty() ? new JsonObject() : new JsonObject(response.text());
  }

  JsonObject get(String path) {
    return done(api("GET", path, null));
  }

  JsonObject send(String method, String path, @Nullable JsonObject body) {
    return done(api(method, path, body));
  }

  void setUp(String email, String password) {
    String link = gateway.setUpLink();
    send(
        "POST",
        "/setup",
        new JsonObject()
            .put("token", link.substring(link.indexOf('=') + 1))
            .put("email", email)
            .put("name", "Ada Reyes")
            .put("password", password));
  }

  void signIn(String email, String password) {
    send("POST", "/session", new JsonObject().put("email", email).put("password", password));
  }

  /// Adds a provider key in the simulator; the answer is its id.
  String addKey(String name, String secret, int priority) {
    return send(
            "POST",
            "/keys",
            new JsonObject()
                .put("name", name)
                .put("secret", secret)
                .put("priority", priority)
                .put("baseUrl", gateway.simulator.origin()))
        .getJsonObject("key")
        .getString("id");
  }

  /// Adds so many keys of OpenAI, none of which the simulator knows: `key-000` and so on.
  void addManyKeys(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("openai, key-%1$03d, sk-test-many-%1$03d-0123456789%n".formatted(i));
    }
    JsonObject paste =
        new JsonObject()
            .put("text", text.toString())
            .put("baseUrl", gateway.simulator.origin())
            .put("dryRun", false);
    assertThat(send("POST", "/keys/import", paste).getInteger("added")).isEqualTo(count);
  }

  /// How a key stands, as the API has it.
  JsonObject health(String name) {
    return get("/pool").getJsonArray("keys").stream()
        .map(JsonObject.class::cast)
        .filter(key -> key.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Changes a key without the page.
  void edit(String name, JsonObject change) {
    send("PATCH", keyPath(name), change);
  }

  String keyPath(String name) {
    return "/keys/" + URLEncoder.encode(health(name).getString("id"), StandardCharsets.UTF_8);
  }

  void picture(String name) {
    Visit.picture(page, name);
  }

  /// A picture of a part of the page, however long.
  static void pictureOf(Locator part, String name) {
    Visit.picture(part, name);
  }
}
