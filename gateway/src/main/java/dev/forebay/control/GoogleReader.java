package dev.forebay.control;

import dev.forebay.control.GoogleSettings.Client;
import dev.forebay.control.GoogleSettings.Endpoints;
import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.yaml.Field;
import dev.forebay.control.yaml.Problems;
import dev.forebay.control.yaml.Section;
import dev.forebay.exchange.Origin;
import dev.forebay.secrets.Secret;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what `forebay.yaml` says of Google accounts. *Confined to the thread that reads the file.*
final class GoogleReader {
  private final Problems problems;

  GoogleReader(Problems problems) {
    this.problems = problems;
  }

  GoogleSettings read(Section top) {
    String publicUrl = top.checked(GoogleFields.PUBLIC_URL, ConsoleUrl::parse);
    Section google =
        Section.of(top.node(GoogleFields.GOOGLE), "google", GoogleFields.CLIENT_FIELDS, problems);
    return new GoogleSettings(publicUrl, client(google), endpoints(google));
  }

  private static @Nullable Client client(Section google) {
    boolean declared = google.has(GoogleFields.CLIENT_ID) || google.has(GoogleFields.CLIENT_SECRET);
    if (!declared) {
      return null;
    }
    String id = google.credential(GoogleFields.CLIENT_ID);
    String secret = google.credential(GoogleFields.CLIENT_SECRET);
    String publishing = google.oneOf(GoogleFields.PUBLISHING, GoogleFields.PUBLISHING_WORDS);
    return id == null || secret == null
        ? null
        : new Client(
            id,
            Secret.of(secret),
            publishing == null
                ? Publishing.UNKNOWN
                : Publishing.valueOf(publishing.toUpperCase(Locale.ROOT)));
  }

  private Endpoints endpoints(Section google) {
    Endpoints normal = Endpoints.GOOGLE;
    Section section =
        Section.of(
            google.node(GoogleFields.ENDPOINTS),
            "google.endpoints",
            GoogleFields.ENDPOINT_FIELDS,
            problems);
    Origin api = section.checked(GoogleFields.API, Origin::parse);
    return new Endpoints(
        url(section, GoogleFields.AUTHORIZE, normal.authorize()),
        url(section, GoogleFields.TOKEN, normal.token()),
        url(section, GoogleFields.REVOKE, normal.revoke()),
        url(section, GoogleFields.USERINFO, normal.userinfo()),
        url(section, GoogleFields.PROJECTS, normal.projects()),
        api == null ? normal.api() : api);
  }

  private static URI url(Section section, Field field, URI otherwise) {
    URI given =
        section.checked(
            field,
            text -> {
              // The same rules as for a key's address: no user, no query, http or https.
              Origin.parse(text);
              return URI.create(text.trim());
            });
    return given == null ? otherwise : given;
  }
}
