package dev.forebay.dialect.verdict;

/// Error bodies in the shapes that the providers document.
final class Bodies {

  private Bodies() {}

  static String anthropic(String type, String message) {
    return """
    {"type":"error","error":{"type":"%s","message":"%s"},"request_id":"req_011CZLrUfBVkVHn5"}\
    """
        .formatted(type, message);
  }

  static String anthropic(String type, String message, String errorCode) {
    return """
    {"type":"error","error":{"type":"%s","message":"%s","details":{"error_code":"%s"}},\
    "request_id":"req_011CZLrUfBVkVHn5"}\
    """
        .formatted(type, message, errorCode);
  }

  static String openAi(String type, String code, String message) {
    return """
    {"error":{"message":"%s","type":"%s","param":null,"code":"%s"}}\
    """
        .formatted(message, type, code);
  }

  static String openAi(String type, String message) {
    return """
    {
      "error": {
        "message": "%s",
        "type": "%s",
        "param": null,
        "code": null
      }
    }\
    """
        .formatted(message, type);
  }

  static String gemini(int code, String status, String message, String... details) {
    String list = details.length == 0 ? "" : ",\"details\":[" + String.join(",", details) + "]";
    return """
    {"error":{"code":%d,"message":"%s","status":"%s"%s}}\
    """
        .formatted(code, message, status, list);
  }

  static String errorInfo(String reason) {
    return """
    {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"%s","domain":"googleapis.com",\
    "metadata":{"service":"generativelanguage.googleapis.com","reason":"not this one"}}\
    """
        .formatted(reason);
  }

  static String quotaFailure(String... quotaIds) {
    StringBuilder violations = new StringBuilder();
    for (String id : quotaIds) {
      violations
          .append(violations.isEmpty() ? "" : ",")
          .append(
              """
              {"quotaMetric":"generativelanguage.googleapis.com/generate_content_free_tier_requests",\
              "quotaId":"%s","quotaDimensions":{"location":"global","model":"gemini-3.8-flash"},\
              "quotaValue":"20"}\
              """
                  .formatted(id));
    }
    return """
    {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[%s]}\
    """
        .formatted(violations);
  }

  static String help() {
    return """
    {"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"Learn more",\
    "url":"https://ai.google.dev/gemini-api/docs/rate-limits"}]}\
    """;
  }

  static String retryInfo(String delay) {
    return """
    {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}\
    """
        .formatted(delay);
  }
}
