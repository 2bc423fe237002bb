/// OpenAI chat completions.
///
/// [ChatInbound][dev.forebay.dialect.chat.ChatInbound] faces clients,
/// [ChatOutbound][dev.forebay.dialect.chat.ChatOutbound] the provider. The dialect has no place for
/// reasoning; clients get it in two fields that others use too, `reasoning_content` and
/// `reasoning_details`, and whoever sends a message back as it came keeps its seals. Nor has it one
/// for pictures of a model's, which go in `images`, as others do it.
@NullMarked
package dev.forebay.dialect.chat;

import org.jspecify.annotations.NullMarked;
