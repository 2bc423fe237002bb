/// Anthropic messages.
///
/// [MessagesInbound][dev.forebay.dialect.messages.MessagesInbound] faces clients,
/// [MessagesOutbound][dev.forebay.dialect.messages.MessagesOutbound] the provider. Content is a
/// list of blocks, read in one place for both ([Blocks]); a stream opens and closes them one after
/// the other. Both API versions are spoken: the one that still takes temperature is asked for where
/// the model takes it too.
@NullMarked
package dev.forebay.dialect.messages;

import org.jspecify.annotations.NullMarked;
