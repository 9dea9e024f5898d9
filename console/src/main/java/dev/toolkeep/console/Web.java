package dev.toolkeep.console;

import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.console.access.Access;
import dev.toolkeep.console.api.JsonBodies;
import dev.toolkeep.console.api.OpenApiAlias;
import dev.toolkeep.console.api.OperatorArgument;
import dev.toolkeep.console.api.WholeDocument;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The whole web server, part by part: nothing is found on the class path, nothing configures itself, and no file,
/// environment variable or system property is read. One servlet, one filter.
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@EnableConfigurationProperties
@Import({Access.class, SpringDocConfiguration.class, SpringDocConfigProperties.class, SpringDocWebMvcConfiguration.class
})
class Web implements WebMvcConfigurer {
    /// All that springdoc is told.
    static final Map<String, Object> PROPERTIES = Map.of(
            "springdoc.api-docs.path", OpenApiAlias.PATH,
            "springdoc.override-with-generic-response", "false",
            "springdoc.default-produces-media-type", "application/json",
            "springdoc.writer-with-order-by-keys", "true");

    private static final int HEADER_BYTES = 16 * 1024;

    private final JsonBodies bodies;

    Web(ConsoleOptions options) {
        this.bodies = new JsonBodies(options.patience(), System::nanoTime);
    }

    @Bean
    TomcatServletWebServerFactory webServer(ConsoleOptions options, DoorNotes notes) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(options.port());
        factory.setAddress(InetAddress.ofLiteral(options.host()));
        factory.setUriEncoding(StandardCharsets.UTF_8);
        factory.addConnectorCustomizers(connector -> {
            connector.setXpoweredBy(false);
            connector.setAllowTrace(false);
            connector.setMaxPostSize(64 * 1024);
            connector.setMaxParameterCount(100);
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setExecutor(new VirtualThreadExecutor("toolkeep-console-"));
                http.setMaxHttpRequestHeaderSize(HEADER_BYTES);
                http.setConnectionTimeout((int) options.patience().toMillis());
                http.setMaxConnections(1024);
                http.setMaxSwallowSize(2 << 20);
            }
        });
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(new ProblemValve(notes));
            }
        });
        return factory;
    }

    @Bean
    DispatcherServlet dispatcherServlet() {
        return new DispatcherServlet();
    }

    @Bean
    DispatcherServletRegistrationBean onlyServlet(DispatcherServlet dispatcher) {
        return new DispatcherServletRegistrationBean(dispatcher, "/");
    }

    @Bean
    DelegatingFilterProxyRegistrationBean onlyFilter() {
        DelegatingFilterProxyRegistrationBean filter =
                new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return filter;
    }

    /// `/openapi.json` says how to come in, and that every route asks for it.
    @Bean
    OpenAPI description() {
        SecurityScheme key = new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("The key of a caller of kind operator: tk_...");
        return new OpenAPI()
                .info(new Info().title("Toolkeep administration").version("1"))
                .addServersItem(new Server().url("/"))
                .components(new Components().addSecuritySchemes("operatorKey", key))
                .addSecurityItem(new SecurityRequirement().addList("operatorKey"));
    }

    @Bean
    WholeDocument wholeDocument() {
        return new WholeDocument();
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.disableDefaults().addCustomConverter(bodies).addCustomConverter(new ByteArrayHttpMessageConverter());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new OperatorArgument());
    }
}
