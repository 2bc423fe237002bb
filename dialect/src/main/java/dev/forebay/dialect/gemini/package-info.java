/// Gemini generateContent.
///
/// [GeminiInbound][dev.forebay.dialect.gemini.GeminiInbound] faces clients,
/// [GeminiOutbound][dev.forebay.dialect.gemini.GeminiOutbound] the provider. Content is a list of
/// parts, read in one place for both ([GeminiParts]). Calls are whole and may lack an id; a
/// signature stands on the part it belongs to; field names come in two spellings; schemas may be in
/// a language of their own ([Schemas]).
@NullMarked
package dev.forebay.dialect.gemini;

import org.jspecify.annotations.NullMarked;
