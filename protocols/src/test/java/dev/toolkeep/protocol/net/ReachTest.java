package dev.toolkeep.protocol.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachTest {
    @Test
    void aGrantedHostMayLeadToPrivateAddressesButNotToSpecialOnes() throws Exception {
        assertThat(allowed("tool.corp:8443", "https://tool.corp:8443/", "10.0.0.7"))
                .isTrue();
        assertThat(allowed("tool.corp:8443", "https://tool.corp:8443/", "127.0.0.1"))
                .isTrue();
        assertThat(allowed("tool.corp", "http://tool.corp:81/", "fd00::7")).isTrue();
        assertThat(allowed("tool.corp", "https://tool.corp/", "169.254.1.1")).isFalse();
        assertThat(allowed("tool.corp", "https://tool.corp/", "169.254.169.254"))
                .isFalse();
        assertThat(allowed("tool.corp", "https://tool.corp/", "198.18.0.1")).isFalse();
        assertThat(allowed("tool.corp:8443", "https://tool.corp/", "10.0.0.7")).isFalse();
        assertThat(allowed("tool.corp:8443", "https://other.corp:8443/", "10.0.0.7"))
                .isFalse();
    }

    @Test
    void aGrantedBlockCoversExactlyItsAddresses() throws Exception {
        assertThat(allowed("10.1.0.0/16", "http://any.test/", "10.1.255.255")).isTrue();
        assertThat(allowed("10.1.0.0/16", "http://any.test/", "10.2.0.0")).isFalse();
        assertThat(allowed("10.1.2.0/23", "http://any.test/", "10.1.3.255")).isTrue();
        assertThat(allowed("10.1.2.0/23", "http://any.test/", "10.1.4.0")).isFalse();
        assertThat(allowed("fd00::/8", "http://any.test/", "fdff::1")).isTrue();
        assertThat(allowed("fd00::/8", "http://any.test/", "fc00::1")).isFalse();
        assertThat(allowed("169.254.0.0/16", "https://any.test/", "169.254.7.7"))
                .isTrue();
        assertThat(allowed("169.254.0.0/16", "https://any.test/", "169.254.169.254"))
                .isFalse();
        assertThat(allowed("169.254.169.254", "http://any.test/", "169.254.169.254"))
                .isTrue();
    }

    @Test
    void aGrantedAddressCoversItsPortOnly() throws Exception {
        assertThat(allowed("127.0.0.1:9000", "http://127.0.0.1:9000/", "127.0.0.1"))
                .isTrue();
        assertThat(allowed("127.0.0.1:9000", "http://localhost:9000/", "127.0.0.1"))
                .isTrue();
        assertThat(allowed("127.0.0.1:9000", "http://127.0.0.1:9001/", "127.0.0.1"))
                .isFalse();
        assertThat(allowed("127.0.0.1:443", "http://127.0.0.1:9001/", "127.0.0.1"))
                .isFalse();
        assertThat(allowed("[::1]:9000", "http://[::1]:9000/", "::1")).isTrue();
        assertThat(allowed("[::1]", "http://[::1]:9001/", "::1")).isTrue();
        assertThat(allowed("::1", "http://[::1]:9001/", "::1")).isTrue();
        assertThat(allowed("[::1]:9000", "http://[::1]:9001/", "::1")).isFalse();
        assertThat(allowed("10.0.0.0/8", "https://x.test/", "::ffff:10.0.0.1")).isTrue();
    }

    @Test
    void aGrantThatSaysNothingClearIsRefused() {
        for (String grant : List.of(
                "",
                " ",
                "http://x",
                "x:0",
                "x:99999",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0/8",
                "fd00::/129",
                "x/8",
                "*",
                "*.corp",
                "user@x",
                "10.0.0.0/8:80",
                "[::1",
                "::1%lo",
                "2130706433",
                "x:y",
                "x/",
                "/8",
                "10.0.0.0/")) {
            assertThatIllegalArgumentException().as(grant).isThrownBy(() -> new Reach(Set.of(grant)));
        }
    }

    @Test
    void aProgramRunsAsItWasGrantedAndNoOtherDoes() {
        Reach reach = new Reach(Set.of(
                "run:/usr/bin/jq", "sandbox:/usr/bin/curl", "network:/usr/bin/curl", "file:/a", "write:/b", "run:443"));
        assertThat(reach.running("/usr/bin/jq")).isEqualTo(Reach.Running.FREELY);
        assertThat(reach.running("/usr/bin/curl")).isEqualTo(Reach.Running.SANDBOXED);
        for (String other : List.of("/usr/bin/jq2", "/usr/bin", "jq", "/usr/bin/../bin/jq", "/a", "")) {
            assertThat(reach.running(other)).isEqualTo(Reach.Running.NOT);
        }
        assertThat(reach.networkFor("/usr/bin/curl")).isTrue();
        assertThat(reach.networkFor("/usr/bin/jq")).isFalse();
        assertThat(reach.readable()).containsExactly(Path.of("/a"), Path.of("/b"));
        assertThat(reach.writable()).containsExactly(Path.of("/b"));
        assertThat(Reach.PUBLIC.running("/usr/bin/jq")).isEqualTo(Reach.Running.NOT);
    }

    @Test
    void aGrantOfThisMachineIsAnAbsolutePath() {
        for (String wrong :
                List.of("run:/", "file:/", "run:/a/../b", "run:/a/", "run://a", "file:/a\n", "run:/a\0", "file:/./a")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> new Reach(Set.of(wrong)));
        }
    }

    private static boolean allowed(String grant, String url, String address) throws Exception {
        Destination to = Destination.of(URI.create(url));
        try {
            new Reach(Set.of(grant)).judge(to, InetAddress.ofLiteral(address));
            return true;
        } catch (EgressDenied denied) {
            return false;
        }
    }
}
