package dev.forebay.bench.goodput;

/// A gateway between the clients and the world.
interface Contender {

  /// A client sends a job; `client` is told the status of its answer when that is over.
  void arrive(Job job, Client client);

  /// Whoever waits for the end of one job.
  interface Client {
    void told(int status);
  }
}
