package dev.toolkeep.e2e.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// An nginx on a free port of loopback that serves the files of one folder, slowly enough that they come in pieces. A
/// test that needs it is skipped, with the reason, where nginx is not installed.
record Nginx(Process process, int port) implements AutoCloseable {
    static Nginx serving(Path files, Path work) throws IOException {
        Path program = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(!program.toString().isEmpty(), "nginx is not installed");
        int port = freePort();
        Files.createDirectories(work);
        Path config = Files.writeString(work.resolve("nginx.conf"), config(files, work, port));
        Process process = new ProcessBuilder(
                        program.toString(), "-c", config.toString(), "-p", work.toString(), "-e", "stderr")
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("said").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
        return new Nginx(process, port);
    }

    private static String config(Path files, Path work, int port) {
        return """
                daemon off; master_process off; pid WORK/pid; error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path WORK/body; proxy_temp_path WORK/proxy; fastcgi_temp_path WORK/fastcgi;
                    uwsgi_temp_path WORK/uwsgi; scgi_temp_path WORK/scgi;
                    types { application/json json; application/x-ndjson ndjson; application/octet-stream bin; }
                    server {
                        listen 127.0.0.1:PORT;
                        root FILES;
                        location /slow/ { alias FILES/; limit_rate 40000; output_buffers 1 4k; }
                        location = /said { default_type application/json; return 200
                            '{"method":"$request_method","query":"$args","key":"$http_x_key","id":"$http_x_request_id"}'; }
                        location = /old { return 302 http://$http_host/said; }
                        location = /elsewhere { return 302 http://localhost:1/said; }
                        location = /busy { return 503; }
                    }
                }
                """.replace("WORK", work.toString())
                .replace("FILES", files.toString())
                .replace("PORT", Integer.toString(port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
