package dev.forebay.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx as a plain reverse proxy with the least it can do: the yardstick.
///
/// It keeps connections to the upstream, writes its default access log and sends the provider's
/// credential. Whole answers and streams have a server each, with what is cheapest for them:
/// buffers so large that no body touches a file, or no buffering.
final class Nginx {

  /// As many as the reference machine has cores; a request costs the same with more.
  private static final int WORKERS = 2;

  private Nginx() {}

  static Contender start(Path directory, int upstreamPort) throws IOException {
    int port = Child.freePort();
    int streamPort = Child.freePort();
    Path home = Files.createDirectories(directory.resolve("nginx"));
    Path config = home.resolve("nginx.conf");
    Files.writeString(config, config(home, port, streamPort, upstreamPort));
    List<String> command =
        List.of("nginx", "-p", home.toString(), "-c", config.toString(), "-e", home + "/error.log");
    return new Contender(Child.listening("nginx", command, directory, port), streamPort);
  }

  private static String config(Path home, int port, int streamPort, int upstreamPort) {
    return """
    daemon off;
    worker_processes %d;
    worker_rlimit_nofile 16384;
    pid %s/nginx.pid;
    error_log %s/error.log;
    events { worker_connections 8192; }
    http {
      access_log %s/access.log combined;
      client_body_temp_path %s/body;
      proxy_temp_path %s/proxy;
      fastcgi_temp_path %s/fastcgi;
      uwsgi_temp_path %s/uwsgi;
      scgi_temp_path %s/scgi;
      keepalive_requests 1000000;
      client_max_body_size 64m;
      client_body_buffer_size 512k;
      proxy_buffer_size 16k;
      proxy_buffers 8 256k;
      proxy_busy_buffers_size 512k;
      proxy_max_temp_file_size 0;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host api.openai.com;
      proxy_set_header Authorization "Bearer sk-bench";
      proxy_read_timeout 600s;
      upstream provider {
        server 127.0.0.1:%d;
        keepalive 4096;
        keepalive_requests 1000000;
      }
      server {
        listen 127.0.0.1:%d backlog=4096;
        location / {
          proxy_pass http://provider;
        }
      }
      server {
        listen 127.0.0.1:%d backlog=4096;
        location / {
          proxy_pass http://provider;
          proxy_buffering off;
        }
      }
    }
    """
        .formatted(
            WORKERS,
            home,
            home,
            home,
            home,
            home,
            home,
            home,
            home,
            upstreamPort,
            port,
            streamPort);
  }
}
