/// Reads what a provider's answer says about the key that asked: refusals and room left.
///
/// [dev.forebay.dialect.verdict.Verdicts] turns a refusal, whether it came as a status or as an
/// error inside a stream that had begun with 200, into a [dev.forebay.dialect.verdict.Verdict]. One
/// class per provider holds its decision table, row by row. What is looked at, in this order: the
/// stable codes (`error.details.error_code`, `error.code`, `ErrorInfo.reason`,
/// `QuotaFailure.quotaId`), then the type or status, then the documented beginning of the message.
/// A body that cannot be read leaves the status to decide.
///
/// [dev.forebay.dialect.verdict.RateLimits] reads the headers by which a provider counts down, on
/// every answer.
@NullMarked
package dev.forebay.dialect.verdict;

import org.jspecify.annotations.NullMarked;
