package dev.forebay.storage.sql;

import dev.forebay.control.UsageRow;
import dev.forebay.secrets.Digest;
import java.time.LocalDate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What many rows of usage have in common. Immutable.
record UsageKind(
    String workspace,
    LocalDate day,
    @Nullable String keyId,
    @Nullable String clientKeyId,
    @Nullable String provider,
    String requestedModel,
    String servedModel,
    String operation,
    int status,
    boolean stream,
    boolean estimated,
    String end,
    String priceVersion) {

  /// Sixty-four bits in hex.
  private static final int DIGITS = 16;

  static UsageKind of(UsageRow row) {
    return new UsageKind(
        row.workspace(),
        row.day(),
        row.keyId(),
        row.clientKeyId(),
        row.provider(),
        row.requestedModel(),
        row.servedModel(),
        row.operation(),
        row.status(),
        row.stream(),
        row.usage().estimated(),
        row.end(),
        row.priceVersion());
  }

  /// Its number: the same in every process, so that nobody has to ask for one. That two of a
  /// million kinds share one is as likely as one in thirty million.
  long number() {
    // No text of a row holds the character between them.
    String text =
        String.join(
            "\0",
            workspace,
            day.toString(),
            Columns.orEmpty(keyId),
            Columns.orEmpty(clientKeyId),
            Columns.orEmpty(provider),
            requestedModel,
            servedModel,
            operation,
            Integer.toString(status),
            Boolean.toString(stream),
            Boolean.toString(estimated),
            end,
            priceVersion);
    return HexFormat.fromHexDigitsToLong(Digest.sha256(text), 0, DIGITS);
  }
}
