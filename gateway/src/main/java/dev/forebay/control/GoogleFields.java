package dev.forebay.control;

import dev.forebay.control.yaml.Field;
import java.util.List;

/// The keys of `forebay.yaml` that are about Google accounts; see [Fields].
final class GoogleFields {
  private GoogleFields() {}

  static final List<String> PUBLISHING_WORDS = List.of("unknown", "testing", "production");

  private static final String URL = "https://host with a path";

  static final Field PUBLIC_URL =
      new Field(
          "publicUrl",
          "https://host, with a path prefix if need be",
          "",
          "Where browsers reach the console. Google sends people back there when they connect an"
              + " account. Without it, the console's settings say, or `listen` when that is loopback.");

  static final Field GOOGLE =
      new Field("google", "a group", "", "How Google accounts are connected; see below.");

  static final Field CLIENT_ID =
      new Field(
          "clientId",
          "an OAuth client id",
          "",
          "The OAuth client of your own project in Google's console. Without it, the console's"
              + " settings say.");
  static final Field CLIENT_SECRET =
      new Field(
          "clientSecret",
          "its secret, best from the environment as in ${GOOGLE_CLIENT_SECRET}",
          "",
          "The secret of that client.");
  static final Field PUBLISHING =
      new Field(
          "publishing",
          "one of unknown, testing, production",
          "",
          "The publishing status of the consent screen in Google's console. In `testing`, accounts have"
              + " to be reconnected every seven days.");
  static final Field ENDPOINTS =
      new Field(
          "endpoints",
          "a group",
          "",
          "Where Google is, for trying things out without it; see below.");
  static final List<Field> CLIENT_FIELDS = List.of(CLIENT_ID, CLIENT_SECRET, PUBLISHING, ENDPOINTS);

  static final Fields.Group CLIENT_GROUP =
      new Fields.Group("google", "How Google accounts are connected.", CLIENT_FIELDS);

  static final Field AUTHORIZE =
      new Field("authorize", URL, "", "Where browsers are sent to consent.");
  static final Field TOKEN = new Field("token", URL, "", "Where tokens are asked for.");
  static final Field REVOKE = new Field("revoke", URL, "", "Where tokens are revoked.");
  static final Field USERINFO =
      new Field("userinfo", URL, "", "Where an account's e-mail is read.");
  static final Field PROJECTS =
      new Field("projects", URL, "", "Where the projects of an account are listed.");
  static final Field API =
      new Field(
          "api",
          "https://host, with a path prefix if need be",
          "",
          "Where accounts send their requests, but for those with an address of their own.");
  static final List<Field> ENDPOINT_FIELDS =
      List.of(AUTHORIZE, TOKEN, REVOKE, USERINFO, PROJECTS, API);

  static final Fields.Group ENDPOINT_GROUP =
      new Fields.Group("google.endpoints", "Google's own, unless said otherwise.", ENDPOINT_FIELDS);
}
