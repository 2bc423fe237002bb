/// What has been used, and what has been asked.
///
/// [dev.forebay.control.reports.UsageReports] adds the totals of hours and days up to series;
/// [dev.forebay.control.reports.RequestSearch] looks through the rows of single requests. Neither
/// reads more than it was asked for: a report costs its intervals, a search a bounded number of
/// rows per page.
@NullMarked
package dev.forebay.control.reports;

import org.jspecify.annotations.NullMarked;
