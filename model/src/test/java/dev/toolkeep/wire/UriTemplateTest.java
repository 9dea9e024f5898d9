package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "test://template/{id}/data, test://template/123/data",
        "test://template/{id}/data, test://template/a%20b/data",
        "file:///{+path}, file:///a/b/c.txt",
        "repo://{owner}/{name}{/path*}, repo://a/b",
        "repo://{owner}/{name}{/path*}, repo://a/b/c/d",
        "'db://rows{?table,limit}', db://rows",
        "'db://rows{?table,limit}', db://rows?table=a&limit=3",
        "x://a{.ext}, x://a.txt",
        "test://plain, test://plain",
    })
    void aUriThatCanComeOfItMatches(String template, String uri) throws Malformed {
        assertThat(UriTemplate.of(template).matches(uri)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "test://template/{id}/data, test://template//data",
        "test://template/{id}/data, test://template/a/b/data",
        "test://template/{id}/data, test://template/a/data/more",
        "test://template/{id}, other://template/a",
        "file:///{+path}, file:///a/../../etc/passwd",
        "file:///{+path}, file:///a/%2e%2E/x",
        "file:///{+path}, file:///a/..%2fx",
        "test://plain, test://plainer",
        "x://{id}, x://a b",
    })
    void anyOtherDoesNot(String template, String uri) throws Malformed {
        assertThat(UriTemplate.of(template).matches(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a://{", "a://{}", "a://}", "a://{+}", "a://{!x}", "a://{a b}"})
    void whatIsNoTemplateIsRefused(String template) {
        assertThatThrownBy(() -> UriTemplate.of(template)).isInstanceOf(Malformed.class);
    }
}
