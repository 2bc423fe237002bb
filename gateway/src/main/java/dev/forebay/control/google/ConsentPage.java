package dev.forebay.control.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.control.GoogleSettings;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Addresses Google's consent page. Thread-safe.
public final class ConsentPage {

  private final Supplier<GoogleSettings> settings;

  public ConsentPage(Supplier<GoogleSettings> settings) {
    this.settings = settings;
  }

  /// The page for one attempt. It asks for offline access and for consent even of those who gave it
  /// before, because only then Google hands out a refresh token.
  ///
  /// @param verifier only its digest is sent along
  /// @param loginHint the e-mail of the account that is reconnected; null for whoever comes
  URI url(
      GoogleSettings.Client client,
      String redirectUri,
      String state,
      Secret verifier,
      @Nullable String loginHint) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", client.id());
    query.put("redirect_uri", redirectUri);
    query.put("response_type", "code");
    query.put("scope", String.join(" ", GoogleScopes.ALL));
    query.put("access_type", "offline");
    query.put("prompt", "consent");
    query.put("include_granted_scopes", "true");
    query.put("state", state);
    query.put("code_challenge", challenge(verifier));
    query.put("code_challenge_method", "S256");
    if (loginHint != null) {
      query.put("login_hint", loginHint);
    }
    return URI.create(
        settings.get().endpoints().authorize()
            + query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&", "?", "")));
  }

  /// The challenge that goes with a verifier (RFC 7636, S256).
  static String challenge(Secret verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.reveal(SecretAccess.granted()).getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing, which every Java platform has", e);
    }
  }
}
