package dev.forebay.transport.google;

import dev.forebay.control.google.Google.Page;
import dev.forebay.control.google.Google.Trial;
import dev.forebay.transport.google.Line.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says in words of ours what Google's refusals mean.
final class Refusals {

  private static final Pattern AUTH_ERROR = Pattern.compile("[?&]authError=([^&]+)");

  private Refusals() {}

  /// The reason inside a Google API's error, such as `SERVICE_DISABLED`; empty when it has none.
  private static String reason(@Nullable JsonObject json) {
    if (json == null || !(json.getValue("error") instanceof JsonObject error)) {
      return "";
    }
    if (error.getValue("details") instanceof JsonArray details) {
      for (Object each : details) {
        if (each instanceof JsonObject detail && detail.getValue("reason") instanceof String why) {
          return why;
        }
      }
    }
    return error.getValue("status") instanceof String status ? status : "";
  }

  static Trial ofTrial(String project, int status, @Nullable JsonObject json) {
    if (status >= 200 && status <= 299) {
      return new Trial(Trial.Verdict.ACCEPTED, "Google takes the project.");
    }
    if (status == 429) {
      return new Trial(
          Trial.Verdict.ACCEPTED, "Google takes the project, and is throttling it just now.");
    }
    if (status >= 500) {
      return new Trial(Trial.Verdict.UNKNOWN, "Google answers with status " + status + ".");
    }
    String why =
        switch (reason(json)) {
          case "SERVICE_DISABLED" ->
              "The Gemini API is not enabled in "
                  + project
                  + ": enable generativelanguage.googleapis.com there.";
          case "USER_PROJECT_DENIED" ->
              "The account may not use the quota of "
                  + project
                  + ": give it the role 'Service Usage Consumer' there.";
          case "CONSUMER_INVALID", "NOT_FOUND", "RESOURCE_PROJECT_INVALID" ->
              "There is no project " + project + " that this account may use.";
          case "CONSUMER_SUSPENDED" -> "Google has suspended " + project + ".";
          case "BILLING_DISABLED" -> "Billing is disabled in " + project + ".";
          case "ACCESS_TOKEN_SCOPE_INSUFFICIENT" ->
              "The account did not grant access to the Gemini API: reconnect it and leave every box"
                  + " ticked.";
          case "ACCESS_TOKEN_EXPIRED", "CREDENTIALS_MISSING", "UNAUTHENTICATED" ->
              "Google does not take the account's access token.";
          case "PERMISSION_DENIED" -> "The account may not use " + project + ".";
          default -> "Google refuses " + project + " with status " + status + ".";
        };
    return new Trial(Trial.Verdict.REFUSED, why);
  }

  static String ofProjectList(int status, @Nullable JsonObject json) {
    return switch (reason(json)) {
      case "SERVICE_DISABLED" ->
          "Google lists no projects: cloudresourcemanager.googleapis.com is not enabled in the OAuth"
              + " client's project. Type the project's id.";
      case "ACCESS_TOKEN_SCOPE_INSUFFICIENT" ->
          "Google lists no projects: the account did not grant that. Type the project's id.";
      default -> "Google lists no projects (status " + status + "). Type the project's id.";
    };
  }

  /// The consent page tells what is wrong before it asks anybody: on a page of its own, to which it
  /// leads, or at once.
  static Page ofConsentPage(Answer.Answered answered) {
    if (answered.status() >= 500) {
      return Page.UNREACHABLE;
    }
    String location = answered.location();
    String said = location == null ? "" : location + " " + hidden(location);
    if (answered.status() >= 400) {
      said += answered.body().toString(StandardCharsets.UTF_8);
    } else if (location == null || !location.contains("/error")) {
      return Page.ASKS;
    }
    if (said.contains("redirect_uri_mismatch")) {
      return Page.REDIRECT_MISMATCH;
    }
    if (said.contains("invalid_client") || said.contains("deleted_client")) {
      return Page.CLIENT_UNKNOWN;
    }
    return said.contains("invalid_scope") || said.contains("access_denied")
        ? Page.SCOPE_REFUSED
        : Page.REDIRECT_MISMATCH;
  }

  /// What stands, encoded, in the address of the page with the error.
  private static String hidden(String location) {
    Matcher matcher = AUTH_ERROR.matcher(location);
    if (!matcher.find()) {
      return "";
    }
    String text = matcher.group(1).replace("%3D", "=").replace('-', '+').replace('_', '/');
    try {
      return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
