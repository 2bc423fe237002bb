/// The neutral model: what all dialects can say, said once.
///
/// A request is a [Conversation][dev.forebay.dialect.neutral.Conversation] of turns and parts, an
/// answer an [Answer][dev.forebay.dialect.neutral.Answer], its stream a sequence of
/// [AnswerEvent][dev.forebay.dialect.neutral.AnswerEvent]s. Each dialect has two faces:
///
/// ```
/// client ──request──▶ Inbound ──Conversation──▶ Outbound ──request──▶ provider
/// client ◀──answer─── Inbound ◀──Answer──────── Outbound ◀──answer─── provider
/// client ◀──events─── StreamWriter ◀─AnswerEvent─ StreamReader ◀─events─── provider
/// ```
///
/// Which [Feature][dev.forebay.dialect.neutral.Feature] stands where in which dialect is one table.
/// What a dialect has no place for becomes a [Loss][dev.forebay.dialect.neutral.Loss] with the path
/// of the field in the caller's own request.
///
/// Signed or encrypted reasoning belongs to whoever made it: a
/// [Seal][dev.forebay.dialect.neutral.Seal] names its owner, travels through clients of other
/// dialects in their own field for such things, and is given back to nobody else.
@NullMarked
package dev.forebay.dialect.neutral;

import org.jspecify.annotations.NullMarked;
