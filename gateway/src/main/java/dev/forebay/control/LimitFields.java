package dev.forebay.control;

import dev.forebay.control.yaml.Field;
import java.util.List;

/// The keys of `clientKeys[].limits` in `forebay.yaml`.
final class LimitFields {

  private LimitFields() {}

  static final Field REQUESTS_PER_MINUTE =
      new Field("requestsPerMinute", Fields.COUNT, "", "Requests per minute, counted over the last one.");
  static final Field REQUESTS_PER_DAY =
      new Field("requestsPerDay", Fields.COUNT, "", "Requests in one day of `timeZone`.");
  static final Field TOKENS_PER_MINUTE =
      new Field(
          "tokensPerMinute",
          Fields.COUNT,
          "",
          "Tokens per minute, input and output together, counted over the last one.");
  static final Field TOKENS_PER_DAY =
      new Field(
          "tokensPerDay", Fields.COUNT, "", "Tokens in one day of `timeZone`, input and output together.");

  static final List<Field> ALL =
      List.of(REQUESTS_PER_MINUTE, REQUESTS_PER_DAY, TOKENS_PER_MINUTE, TOKENS_PER_DAY);
}
