package dev.forebay.telemetry;

import dev.forebay.control.clients.LastUses;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;

/// Notes when a client key was used, whatever became of the request. *Thread-safe.*
public final class ClientKeyUses implements ExchangeListener {

  private final LastUses uses;

  public ClientKeyUses(LastUses uses) {
    this.uses = uses;
  }

  @Override
  public void finished(ExchangeReport report) {
    String caller = report.clientKeyId();
    if (caller != null) {
      uses.note(caller, report.startedAt());
    }
  }
}
