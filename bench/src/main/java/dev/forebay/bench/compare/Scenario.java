package dev.forebay.bench.compare;

import java.util.List;

/// One thing that is measured, and what it may cost.
sealed interface Scenario {

  /// Its name on the command line and in the JSON.
  String id();

  /// What it does, in a few words.
  String title();

  /// CPU of the proxy per answer, or per event of a stream, under a closed load of `connections`.
  ///
  /// @param atMost the most Forebay may cost, as a multiple of nginx
  record Cpu(String id, String title, Wish wish, int bodyBytes, int connections, double atMost)
      implements Scenario {

    boolean perEvent() {
      return wish instanceof Wish.Events;
    }
  }

  /// Latency that the proxy adds at a fixed rate, and its CPU there.
  ///
  /// @param p50Millis the most that Forebay may add to the median of asking the provider directly
  /// @param p99Millis the same for the 99th percentile
  record Added(
      String id,
      String title,
      Wish wish,
      int bodyBytes,
      int perSecond,
      double p50Millis,
      double p99Millis)
      implements Scenario {}

  /// Memory of the proxy while `streams` are live.
  record Resident(
      String id, String title, Wish.Events wish, int bodyBytes, int streams, int megabytes)
      implements Scenario {}

  /// Time from the start of the process to the end of its first answer, by the launcher as users
  /// start it.
  ///
  /// @param starts how often it is tried
  record Start(String id, String title, Wish wish, int bodyBytes, int starts, int millis)
      implements Scenario {}

  int SMALL = 2 * 1024;
  int LARGE = 200 * 1024;

  /// The one after which the code is compiled comes first; the one that fills memory comes last.
  List<Scenario> ALL =
      List.of(
          new Cpu("unary-2k", "2 kB request and answer", new Wish.Body(SMALL), SMALL, 64, 2.0),
          new Cpu(
              "request-200k", "200 kB request, 2 kB answer", new Wish.Body(SMALL), LARGE, 16, 4.0),
          new Cpu(
              "answer-200k", "2 kB request, 200 kB answer", new Wish.Body(LARGE), SMALL, 16, 4.0),
          new Cpu(
              "stream", "500 streams of 20 events/s", new Wish.Events(20, 600), SMALL, 500, 1.8),
          new Added(
              "open-loop", "2 kB at 1,000 requests/s", new Wish.Body(SMALL), SMALL, 1000, 0.3, 2.0),
          new Resident("resident", "2,000 live streams", new Wish.Events(5, 600), SMALL, 2000, 300),
          new Start("start", "start to first answer", new Wish.Body(SMALL), SMALL, 7, 500));
}
