package dev.toolkeep.console;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.console.access.OwnNames;
import dev.toolkeep.console.access.SetupPages;
import dev.toolkeep.console.api.AgentsApi;
import dev.toolkeep.console.api.LogApi;
import dev.toolkeep.console.api.OpenApiAlias;
import dev.toolkeep.console.api.PolicyApi;
import dev.toolkeep.console.api.Problems;
import dev.toolkeep.console.api.SecretsApi;
import dev.toolkeep.console.api.SourcesApi;
import dev.toolkeep.console.api.StateApi;
import dev.toolkeep.console.api.ToolsApi;
import dev.toolkeep.console.api.ToolsetsApi;
import java.io.IOException;
import java.net.BindException;
import java.time.InstantSource;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.StandardServletEnvironment;

/// The running console. Stopping it ends its requests and frees its port.
public final class ConsoleServer implements AutoCloseable {
    private final AnnotationConfigServletWebServerApplicationContext context;
    private final QuietLog log;

    private ConsoleServer(AnnotationConfigServletWebServerApplicationContext context, QuietLog log) {
        this.context = context;
        this.log = log;
    }

    /// Reads neither files nor the environment: a variable such as `SERVER_PORT` or an `application.yaml` in the
    /// working directory changes nothing.
    private static final class Sealed extends StandardServletEnvironment {
        @Override
        protected void customizePropertySources(MutablePropertySources sources) {
            sources.addFirst(new MapPropertySource("toolkeep", Web.PROPERTIES));
        }
    }

    /// @throws IOException one sentence: the port is taken, or the address is not this machine's
    public static ConsoleServer start(ConsoleOptions options, AdminRooms rooms) throws IOException {
        AnnotationConfigServletWebServerApplicationContext context =
                new AnnotationConfigServletWebServerApplicationContext();
        QuietLog log = QuietLog.now();
        context.setEnvironment(new Sealed());
        context.register(Web.class);
        DoorNotes notes = rooms.doorNotes();
        InstantSource clock = rooms.clock();
        context.registerBean(ConsoleOptions.class, () -> options);
        context.registerBean(AdminRooms.class, () -> rooms);
        context.registerBean(DoorNotes.class, () -> notes);
        context.registerBean(
                OwnNames.Settings.class, () -> new OwnNames.Settings(options.host(), options.publicOrigins()));
        context.registerBean(Problems.class, () -> new Problems(notes));
        context.registerBean(SetupPages.class, () -> new SetupPages(rooms, notes));
        context.registerBean(StateApi.class, () -> new StateApi(rooms));
        context.registerBean(SourcesApi.class, () -> new SourcesApi(rooms.sources()));
        context.registerBean(ToolsApi.class, () -> new ToolsApi(rooms.tools()));
        context.registerBean(AgentsApi.class, () -> new AgentsApi(rooms.agents(), clock));
        context.registerBean(PolicyApi.class, () -> new PolicyApi(rooms.policy(), clock));
        context.registerBean(SecretsApi.class, () -> new SecretsApi(rooms.secrets()));
        context.registerBean(ToolsetsApi.class, () -> new ToolsetsApi(rooms.toolsets()));
        context.registerBean(LogApi.class, () -> new LogApi(rooms.log()));
        context.registerBean(OpenApiAlias.class, () -> new OpenApiAlias(context.getBean(OpenApiWebMvcResource.class)));
        try {
            context.refresh();
        } catch (RuntimeException e) {
            context.close();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException || cause instanceof BindException) {
                    throw new IOException(
                            "the console cannot listen on " + options.host() + ":" + options.port()
                                    + ": it is taken or not this machine's; choose another with --console-port",
                            e);
                }
            }
            throw e;
        }
        return new ConsoleServer(context, log);
    }

    /// The port it listens on.
    public int port() {
        WebServer server = context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("the console is stopped");
        }
        return server.getPort();
    }

    public void stop() {
        context.close();
    }

    @Override
    public void close() {
        stop();
    }

    /// Whether requests still stay out of the program's log.
    boolean quiet() {
        return log.holds();
    }

    /// For the test that walks every route.
    WebApplicationContext context() {
        return context;
    }
}
