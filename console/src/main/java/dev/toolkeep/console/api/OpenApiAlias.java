package dev.toolkeep.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The OpenAPI document of this API, at the address people look for it.
@RestController
public class OpenApiAlias {
    /// Where springdoc serves the same document.
    public static final String PATH = "/api/v1/openapi.json";

    private final OpenApiWebMvcResource document;

    public OpenApiAlias(OpenApiWebMvcResource document) {
        this.document = document;
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "This document")
    byte[] show(HttpServletRequest request, @Parameter(hidden = true) Locale locale) throws JsonProcessingException {
        return document.openapiJson(request, PATH, locale);
    }
}
