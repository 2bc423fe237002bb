package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Json;
import dev.forebay.control.yaml.Quantities;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What may be said of a new key, or of all new keys at once.
final class KeyDefaults {
  @Mixin private final KeyOwner owner = new KeyOwner();

  @Option(
      names = "--priority",
      paramLabel = "1..10",
      description = "The highest is drawn first; 5 without it.")
  private @Nullable Integer priority;

  @Option(
      names = "--daily-tokens",
      paramLabel = "COUNT",
      converter = Count.class,
      description = "Tokens a day, such as 2M.")
  private @Nullable Long dailyTokens;

  @Option(
      names = "--daily-usd",
      paramLabel = "USD",
      converter = Dollars.class,
      description = "US dollars a day, such as 12.50.")
  private @Nullable BigDecimal dailyUsd;

  @Option(
      names = "--limit-group",
      paramLabel = "NAME",
      description = "Keys of one group share their limits at the provider.")
  private @Nullable String limitGroup;

  @Option(names = "--note", paramLabel = "TEXT", description = "A note for people.")
  private @Nullable String note;

  /// Reads `2M`.
  static final class Count implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      Long count = Quantities.parseCount(value);
      if (count == null) {
        throw new TypeConversionException("'" + value + "' is not a number such as 500k or 2M");
      }
      return count;
    }
  }

  /// Reads `12.50`.
  static final class Dollars implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String value) {
      Long nanos = Quantities.parseDollars(value);
      if (nanos == null) {
        throw new TypeConversionException("'" + value + "' is not an amount such as 12.50");
      }
      return BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    }
  }

  /// What was said, as the API takes it.
  ObjectNode body() {
    ObjectNode body = Json.object();
    owner.putInto(body);
    if (priority != null) {
      body.put("priority", priority);
    }
    if (dailyTokens != null) {
      body.put("dailyTokens", dailyTokens);
    }
    if (dailyUsd != null) {
      body.put("dailyUsd", dailyUsd.doubleValue());
    }
    put(body, "limitGroup", limitGroup);
    put(body, "note", note);
    return body;
  }

  static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }
}
