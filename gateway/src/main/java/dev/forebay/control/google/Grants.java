package dev.forebay.control.google;

import dev.forebay.control.GoogleSettings;
import dev.forebay.control.KeyKind;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;

/// Asks Google for the next access token of an account, in the way of its kind. Thread-safe;
/// blocks.
public final class Grants {

  private final GoogleClients clients;
  private final SnapshotSource snapshots;
  private final Google google;
  private final Ticker ticker;

  public Grants(GoogleClients clients, SnapshotSource snapshots, Google google, Ticker ticker) {
    this.clients = clients;
    this.snapshots = snapshots;
    this.google = google;
    this.ticker = ticker;
  }

  /// What Google says.
  TokenAnswer ask(StoredKey row, StoredAccount account) {
    return switch (row.secret()) {
      case StoredSecret.Unreadable(String problem) -> new TokenAnswer.Refused(problem);
      case StoredSecret.Opened(Secret secret) ->
          account.kind() == KeyKind.SERVICE_ACCOUNT ? service(secret) : person(account, secret);
    };
  }

  private TokenAnswer person(StoredAccount account, Secret refreshToken) {
    GoogleSettings.Client client = clients.current();
    if (client == null) {
      return new TokenAnswer.ClientRefused(NO_CLIENT);
    }
    if (!client.id().equals(account.clientId())) {
      return new TokenAnswer.ClientRefused(OTHER_CLIENT);
    }
    TokenAnswer answer = google.refresh(client, refreshToken);
    switch (answer) {
      case TokenAnswer.ClientRefused(String error) -> clients.refused(client, error);
      case TokenAnswer.Granted _, TokenAnswer.Ended _ -> clients.accepted(client);
      case TokenAnswer.Refused _, TokenAnswer.Unreachable _ -> {}
    }
    return answer;
  }

  /// A service account's token, by what is kept of its key file.
  TokenAnswer service(Secret kept) {
    return switch (ServiceAccountFile.of(kept)) {
      case ServiceAccountFile.Reading.Good(ServiceAccountFile file) ->
          google.grant(file.assertion(snapshots.google().endpoints().token(), ticker.now()));
      case ServiceAccountFile.Reading.Bad(String problem) ->
          new TokenAnswer.Refused("the key file " + problem);
    };
  }

  /// There is no OAuth client to ask with.
  static final String NO_CLIENT = "no_client";

  /// The account was connected with another OAuth client.
  static final String OTHER_CLIENT = "other_client";
}
