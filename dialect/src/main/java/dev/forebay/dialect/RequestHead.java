package dev.forebay.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the gateway must know of a request before it sends it on. *Immutable.*
///
/// @param model as the caller named it; empty only where a stored prompt or conversation names it
/// @param stream the caller wants events
/// @param outputCap most output tokens the answer may have, over all choices; -1 when not given
/// @param inputTokens estimate of the input, pictures and sound counted flat
/// @param usageAsked the caller itself asked for the usage of a stream
/// @param owned a stored resource the request builds on; only the account that created it has it
/// @param modelPlaces where the body names the model, for aliases
/// @param usageEdits what makes the provider report the usage of a stream; empty when it will
///   anyhow
/// @param prefix what the prompt begins with
/// @param stores the provider is to keep the answer under its id
public record RequestHead(
    String model,
    boolean stream,
    long outputCap,
    long inputTokens,
    boolean usageAsked,
    @Nullable Owned owned,
    List<ModelPlace> modelPlaces,
    List<BodyEdits.Edit> usageEdits,
    PromptPrefix prefix,
    boolean stores) {

  /// The head of a request without a body.
  ///
  /// @param model the model that the path names; empty when it names none
  public static RequestHead bodiless(String model) {
    return new RequestHead(
        model, false, -1, 0, false, null, List.of(), List.of(), PromptPrefix.NONE, false);
  }

  /// The id of the stored resource; see [#owned].
  public @Nullable String ownedResource() {
    return owned == null ? null : owned.id();
  }

  /// A resource that lives in one account.
  public record Owned(Kind kind, String id) {

    /// In the order in which they decide: a conversation that cannot be found can be replayed in
    /// full, a file can only be fetched by its owner.
    public enum Kind {
      PREVIOUS_RESPONSE,
      CONVERSATION,
      THREAD,
      CACHED_CONTENT,
      FILE,
      VECTOR_STORE,
      CONTAINER,
      PROMPT,
      ITEM
    }
  }

  /// A value that names the model, in bytes from the beginning of the body.
  ///
  /// @param prefix what stands before the model's own name in the value, such as `models/`
  /// @param json the value is a JSON string, quotes included; else the bare value of a form field
  public record ModelPlace(long from, long to, String prefix, boolean json) {}
}
