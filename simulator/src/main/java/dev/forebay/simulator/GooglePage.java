package dev.forebay.simulator;

import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.User;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The pages between a client and its tokens. They are forms, need no script, and say that they are
/// not Google's.
final class GooglePage {

  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      <title>%s - simulated Google</title>
      <style>
      :root { color-scheme: light dark; }
      body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f0f4f9, #1e1f20);
        color: light-dark(#1f1f1f, #e3e3e3); }
      main { box-sizing: border-box; max-width: 30rem; margin: 3rem auto; padding: 2rem;
        border-radius: 1.5rem; background: light-dark(#fff, #0e0e0e); }
      h1 { margin: 0 0 .5rem; font-size: 1.6rem; font-weight: 400; }
      .note { margin: 0 0 1.5rem; font-size: .8rem; color: light-dark(#5e5e5e, #a8a8a8); }
      .account { display: block; width: 100%%; padding: .75rem; border: 0;
        border-bottom: 1px solid light-dark(#e0e0e0, #3c3c3c); background: none; color: inherit;
        font: inherit; text-align: left; cursor: pointer; }
      .account:hover, .account:focus-visible { background: light-dark(#f0f4f9, #2a2b2d); }
      .account span { display: block; font-size: .85rem; color: light-dark(#5e5e5e, #a8a8a8); }
      label { display: flex; gap: .75rem; padding: .5rem 0; }
      .actions { display: flex; justify-content: flex-end; gap: .75rem; margin-top: 1.5rem; }
      .actions button { padding: .5rem 1.5rem; border: 1px solid light-dark(#747775, #8e918f);
        border-radius: 2rem; background: none; color: light-dark(#0b57d0, #a8c7fa); font: inherit;
        cursor: pointer; }
      .actions .allow { border-color: transparent; background: light-dark(#0b57d0, #a8c7fa);
        color: light-dark(#fff, #062e6f); }
      code { overflow-wrap: anywhere; font-size: .85rem; }
      </style>
      </head>
      <body>
      <main>
      <p class="note">Simulated Google: nothing typed or allowed here leaves this machine.</p>
      %s
      </main>
      </body>
      </html>
      """;

  private GooglePage() {}

  /// Who is it?
  static String chooser(Client client, Map<String, String> parameters, Collection<User> users) {
    StringBuilder body = new StringBuilder("<h1>Choose an account</h1>\n<p>to continue to ");
    body.append(escape(client.name())).append("</p>\n");
    for (User user : users) {
      body.append("<form method=\"get\" action=\"").append(GoogleDoor.AUTHORIZE).append("\">\n");
      hidden(body, parameters);
      body.append("<button class=\"account\" name=\"")
          .append(GoogleAuthorize.ACCOUNT)
          .append("\" value=\"")
          .append(escape(user.email()))
          .append("\">")
          .append(escape(user.name()))
          .append("<span>")
          .append(escape(user.email()))
          .append("</span></button>\n</form>\n");
    }
    return FRAME.formatted("Choose an account", body);
  }

  /// What do they allow?
  static String consent(
      Client client, User user, Set<String> scopes, Map<String, String> parameters) {
    StringBuilder body = new StringBuilder("<h1>");
    body.append(escape(client.name())).append(" wants access to your Google Account</h1>\n<p>");
    body.append(escape(user.email())).append("</p>\n");
    if (client.testing()) {
      body.append("<p>Google hasn't verified this app: it is still in testing.</p>\n");
    }
    body.append("<form method=\"post\" action=\"").append(GoogleDoor.AUTHORIZE).append("\">\n");
    hidden(body, parameters);
    Set<String> said = new LinkedHashSet<>();
    for (String scope : scopes) {
      if (GoogleScopes.optional(scope)) {
        body.append("<label><input type=\"checkbox\" name=\"ticked\" checked value=\"")
            .append(escape(scope))
            .append("\">")
            .append(escape(GoogleScopes.says(scope)))
            .append("</label>\n");
      } else if (said.add(GoogleScopes.says(scope))) {
        body.append("<p>").append(escape(GoogleScopes.says(scope))).append("</p>\n");
      }
    }
    body.append(
        """
        <div class="actions">
        <button name="decision" value="cancel">Cancel</button>
        <button class="allow" name="decision" value="allow">Allow</button>
        </div>
        </form>
        """);
    return FRAME.formatted("Sign in", body);
  }

  /// Google's own end of a request that it does not send back.
  static String blocked(GoogleAuthorize.Step.Blocked blocked) {
    return FRAME.formatted(
        "Error",
        "<h1>Access blocked: this app's request is invalid</h1>\n<p>%s</p>\n<code>Error %d: %s</code>"
            .formatted(escape(blocked.message()), blocked.status(), escape(blocked.code())));
  }

  private static void hidden(StringBuilder body, Map<String, String> parameters) {
    parameters.forEach((name, value) ->
        body.append("<input type=\"hidden\" name=\"")
            .append(escape(name))
            .append("\" value=\"")
            .append(escape(value))
            .append("\">\n"));
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
