package dev.toolkeep.e2e.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/// Things code can do by calling or naming a method.
final class Doing {
    private Doing() {}

    /// Opens a connection or asks the network for a name.
    static final Predicate<JavaAccess<?>> REACHING_OUT = calling(
                    "io.vertx.core.Vertx", "createHttpClient", "httpClientBuilder", "createNetClient")
            .or(calling("io.vertx.core.Vertx", "createWebSocketClient", "webSocketClientBuilder"))
            .or(calling("io.vertx.core.Vertx", "createDatagramSocket", "createDnsClient"))
            .or(calling("java.net.http.HttpClient", "newHttpClient", "newBuilder"))
            .or(calling("java.net.URL", "openConnection", "openStream", "getContent"))
            .or(calling("java.net.InetAddress", "getByName", "getAllByName", "getLocalHost"))
            .or(calling("javax.net.SocketFactory", "createSocket"))
            .or(calling("java.nio.channels.SocketChannel", "open"))
            .or(calling("java.nio.channels.AsynchronousSocketChannel", "open"))
            .or(calling("java.nio.channels.DatagramChannel", "open"))
            .or(making("java.net.Socket"))
            .or(making("java.net.DatagramSocket"))
            .or(making("java.net.MulticastSocket"))
            .or(making("io.netty.bootstrap.Bootstrap"))
            .or(making("org.springframework.web.client.RestTemplate"))
            .or(calling("org.springframework.web.client.RestClient", "create", "builder"));

    /// Listens for connections.
    static final Predicate<JavaAccess<?>> LISTENING = calling("io.vertx.core.Vertx", "createHttpServer")
            .or(calling("io.vertx.core.Vertx", "createNetServer"))
            .or(calling("java.nio.channels.ServerSocketChannel", "open"))
            .or(calling("java.nio.channels.AsynchronousServerSocketChannel", "open"))
            .or(calling("com.sun.net.httpserver.HttpServer", "create"))
            .or(making("io.netty.bootstrap.ServerBootstrap"))
            .or(making("java.net.ServerSocket"));

    /// Starts another program.
    static final Predicate<JavaAccess<?>> STARTING_PROGRAMS = making("java.lang.ProcessBuilder")
            .or(calling("java.lang.ProcessBuilder", "start", "startPipeline"))
            .or(calling("java.lang.Runtime", "exec"));

    /// Turns text into code, or names into classes.
    static final Predicate<JavaAccess<?>> TURNING_TEXT_INTO_CODE = calling("java.lang.Class", "forName")
            .or(calling("java.lang.ClassLoader", "loadClass", "defineClass"))
            .or(making("java.io.ObjectInputStream"))
            .or(making("javax.script.ScriptEngineManager"))
            .or(calling("javax.tools.ToolProvider", "getSystemJavaCompiler"))
            .or(calling("java.lang.invoke.MethodHandles", "lookup", "privateLookupIn"));

    /// Prints past the log.
    static final Predicate<JavaAccess<?>> PRINTING = access -> {
        String field = access.getTarget().getFullName();
        return field.equals("java.lang.System.out")
                || field.equals("java.lang.System.err")
                || field.equals("java.lang.Throwable.printStackTrace()")
                || (field.endsWith(".printStackTrace()") && is(access.getTargetOwner(), "java.lang.Throwable"));
    };

    static Predicate<JavaAccess<?>> calling(String owner, String... methods) {
        Set<String> names = Set.copyOf(Arrays.asList(methods));
        return access -> access.getTarget() instanceof CodeUnitAccessTarget
                && names.contains(access.getTarget().getName())
                && is(access.getTargetOwner(), owner);
    }

    static Predicate<JavaAccess<?>> making(String owner) {
        return access -> access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                && access.getTargetOwner().getName().equals(owner);
    }

    private static boolean is(JavaClass type, String name) {
        return type.getName().equals(name) || type.isAssignableTo(name);
    }
}
