package dev.forebay.transport.admin;

import dev.forebay.control.google.ClientCheck;
import dev.forebay.control.google.Consents;
import dev.forebay.control.google.GoogleAccounts;
import dev.forebay.control.google.GoogleClients;

/// What the calls about Google accounts are made of. Immutable; everything in it is thread-safe.
public record GoogleParts(
    GoogleClients clients, ClientCheck check, Consents consents, GoogleAccounts accounts) {}
