/// OpenAI responses.
///
/// [ResponsesInbound][dev.forebay.dialect.responses.ResponsesInbound] faces clients,
/// [ResponsesOutbound][dev.forebay.dialect.responses.ResponsesOutbound] the provider. A
/// conversation is a flat list of items; neighbours of one side are one turn. An answer repeats
/// much of its request, and its stream says everything three times: in pieces, per part and per
/// item, and whole at the end.
@NullMarked
package dev.forebay.dialect.responses;

import org.jspecify.annotations.NullMarked;
