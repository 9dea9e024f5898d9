package dev.toolkeep.protocol.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EgressMatrixTest {
    private static final List<String> V4 = List.of(
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.254",
            "100.100.100.200",
            "127.0.0.1",
            "127.0.0.2",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.0.1",
            "169.254.169.254",
            "169.254.170.2",
            "169.254.170.23",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255");

    private static final List<String> V6 = List.of(
            "::",
            "::1",
            "::7f00:1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:7f00:1",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "100:0:0:1::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2002:808:808::1",
            "2600:1234::5efe:10.0.0.1",
            "2600:1234::200:5efe:808:808",
            "3ffe::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fe80::1",
            "fec0::1",
            "feff::1",
            "ff02::1",
            "ff0e::1");

    private static final List<String> SPELLINGS = List.of(
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://127.1/",
            "https://127.0.1/",
            "https://127.0.0.01/",
            "https://127.0.0.0x1/",
            "https://0/",
            "https://127.0.0.1./",
            "https://2852039166/",
            "https://0xA9FEA9FE/",
            "https://0XA9.0XFE.0XA9.0XFE/",
            "https://4294967296/",
            "https://1.2.3.4.5/",
            "https://256.1.1.1/",
            "https://8.8.8/",
            "https://LOCALHOST/",
            "https://localhost./",
            "https://localhost../",
            "https://[::1%25lo]/",
            "https://[fe80::1%25eth0]/",
            "https://user@public.test/",
            "https://user:pass@public.test/",
            "https://public.test@127.0.0.1/",
            "https://public.test:0/",
            "https://public.test:65536/",
            "https://public.test:/",
            "ftp://public.test/",
            "file:///etc/passwd",
            "gopher://public.test/",
            "jar:https://public.test!/x",
            "https:///path",
            "https:/path",
            "//public.test/",
            "https://a..b/",
            "https://.x/",
            "https://%31%32%37.0.0.1/",
            "https://１２７.0.0.1/",
            "https://127。0。0。1/",
            "https://ⓛocalhost/",
            "https://exämple.test/",
            "https://public.test%2f@127.0.0.1/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::FFFF:7F00:0001]/",
            "https://[0:0:0:0:0:0:0:1]/",
            "http://public.test/",
            "http://8.8.8.8/");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger looked = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        Await.value(vertx.close());
    }

    @Test
    void everySpecialAddressIsDeniedAsALiteral() throws Exception {
        try (Egress egress = new Egress(vertx, name -> addresses(), EgressOptions.defaults())) {
            for (String address : V4) {
                assertDenied(egress, "https://" + address + "/", Reach.PUBLIC);
            }
            for (String address : V6) {
                assertDenied(egress, "https://[" + address + "]/", Reach.PUBLIC);
            }
        }
        assertThat(looked).hasValue(0);
    }

    @Test
    void everySpecialAddressIsDeniedBehindAName() throws Exception {
        for (String address : all()) {
            try (Egress egress = new Egress(vertx, name -> addresses(address), EgressOptions.defaults())) {
                assertDenied(egress, "https://innocent.test/", Reach.PUBLIC);
            }
        }
    }

    @Test
    void oneDeniedAddressAmongPublicOnesDeniesTheHost() throws Exception {
        for (String address : all()) {
            Lookup mixed = name -> addresses("8.8.8.8", "2606:4700::1111", address);
            try (Egress egress = new Egress(vertx, mixed, EgressOptions.defaults())) {
                assertDenied(egress, "https://innocent.test/", Reach.PUBLIC);
            }
        }
    }

    @Test
    void everyUnusualSpellingOfAHostIsDenied() throws Exception {
        Lookup toLoopback = name -> name.equals("public.test") ? addresses("8.8.8.8") : addresses("127.0.0.1");
        try (Egress egress = new Egress(vertx, toLoopback, EgressOptions.defaults())) {
            for (String url : SPELLINGS) {
                assertDenied(egress, url, Reach.PUBLIC);
            }
        }
    }

    @Test
    void aGrantOfTheWholeInternetStillDeniesMetadataTunnelsAndMulticast() throws Exception {
        Reach everything = new Reach(Set.of("0.0.0.0/0", "::/0"));
        try (Egress egress = new Egress(vertx, name -> addresses(), EgressOptions.defaults())) {
            for (String host : List.of(
                    "169.254.169.254",
                    "168.63.129.16",
                    "100.100.100.200",
                    "224.0.0.1",
                    "0.0.0.0",
                    "255.255.255.255",
                    "[fd00:ec2::254]",
                    "[2002:a00:1::]",
                    "[2001::1]",
                    "[ff02::1]",
                    "[::]",
                    "[64:ff9b::10.0.0.1]",
                    "[::ffff:169.254.169.254]")) {
                assertDenied(egress, "https://" + host + "/", everything);
            }
        }
    }

    @Test
    void publicAddressesPassOverHttps() {
        for (String address : List.of(
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2a00::1",
                "3ffd::1",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8")) {
            assertThatCode(() -> Reach.PUBLIC.judge(
                            Destination.of(URI.create("https://innocent.test/")), InetAddress.ofLiteral(address)))
                    .as(address)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void plainHttpToAPublicHostNeedsAGrant() throws Exception {
        Destination plain = Destination.of(URI.create("http://legacy.test:8080/"));
        InetAddress address = InetAddress.ofLiteral("8.8.8.8");
        assertThatThrownBy(() -> Reach.PUBLIC.judge(plain, address)).isInstanceOf(EgressDenied.class);
        new Reach(Set.of("LEGACY.test.")).judge(plain, address);
        new Reach(Set.of("legacy.test:8080")).judge(plain, address);
        new Reach(Set.of("8.8.8.0/24")).judge(plain, address);
        assertThatThrownBy(() -> new Reach(Set.of("legacy.test:80", "other.test", "8.8.9.0/24")).judge(plain, address))
                .isInstanceOf(EgressDenied.class);
    }

    private void assertDenied(Egress egress, String url, Reach reach) throws Exception {
        Throwable failure = Await.failure(egress.request(HttpMethod.GET, new URI(url), reach, "s"));
        assertThat(failure).as(url).isInstanceOf(EgressDenied.class);
        assertThat(failure.getMessage()).as(url).doesNotContain("127.", "169.254", "innocent", "public.test");
    }

    private Future<List<InetAddress>> addresses(String... literals) {
        looked.incrementAndGet();
        return Future.succeededFuture(
                List.of(literals).stream().map(InetAddress::ofLiteral).toList());
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(V4);
        all.addAll(V6);
        return all;
    }
}
