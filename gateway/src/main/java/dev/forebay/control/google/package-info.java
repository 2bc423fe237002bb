/// Google accounts: connecting them, keeping their access tokens fresh, and letting them go.
///
/// ```
///   startConsent ──▶ Google's page ──▶ completeConsent ──▶ a provider key without a project
///                                                              │ choose the project, tried first
///                                                              ▼
///   refused ◀── 401 ── data path ◀── access token ◀── TokenRefresher ──▶ Google's token endpoint
///                                                              │ invalid_grant
///                                                              ▼
///                                                     needs reconnecting
/// ```
///
/// [dev.forebay.control.google.GoogleAccounts] is the entry for people, and
/// [dev.forebay.control.google.TokenRefresher] the chore that runs beside the data path: a request
/// never waits for Google's token endpoint while another key can serve. What Google is asked goes
/// through the port [dev.forebay.control.google.Google].
@NullMarked
package dev.forebay.control.google;

import org.jspecify.annotations.NullMarked;
