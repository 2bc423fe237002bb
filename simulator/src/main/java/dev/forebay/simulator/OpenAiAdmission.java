package dev.forebay.simulator;

import org.jspecify.annotations.Nullable;

/// Limits and prompt cache of everything that speaks OpenAI's dialect, Google's surface included.
final class OpenAiAdmission {

  private OpenAiAdmission() {}

  /// Lets a request in, or says why not. OpenAI counts the larger of the output cap and the input;
  /// Google counts the input.
  static @Nullable ApiError admit(
      Call call, Provider provider, Models.Model model, long inputTokens, long maxTokens) {
    long cap = maxTokens == Long.MAX_VALUE ? 0 : maxTokens;
    long tokens = provider == Provider.OPENAI ? Math.max(cap, inputTokens) : inputTokens;
    Admission admission = call.admit(model.group(), model.id(), new Demand(tokens, inputTokens, 0));
    if (admission instanceof Admission.Exhausted exhausted) {
      return provider == Provider.OPENAI
          ? OpenAiLimits.exhausted(call, model.id(), exhausted)
          : GeminiLimits.exhausted(call, model.id(), exhausted);
    }
    return null;
  }

  static ApiError tooLong(Models.Model model, long tokens, String param) {
    return OpenAiErrors.invalid(
        ("This model's maximum context length is %d tokens. However, your messages resulted in %d"
                + " tokens. Please reduce the length of the messages.")
            .formatted(model.contextTokens(), tokens),
        param,
        "context_length_exceeded");
  }

  /// What of the prompt is cached; only models that bill for writes report them.
  static CacheUse cached(
      Call call, Provider provider, Models.Model model, Prompt prompt, String cacheKey) {
    PromptCache.Rule rule =
        provider == Provider.OPENAI
            ? new PromptCache.Rule(
                model.id() + ' ' + cacheKey,
                model.cacheMinimum(),
                128,
                ChatEndpoint.cacheLife(model))
            : GeminiEndpoint.cacheRule(model);
    CacheUse use =
        call.account().cache().use(rule, prompt.blocks(), call.world().clock().epochNanos());
    call.key().counters().cacheReadTokens.add(use.read());
    boolean billed = provider == Provider.OPENAI && model.recent();
    return billed ? use : new CacheUse(use.read(), 0, 0);
  }
}
