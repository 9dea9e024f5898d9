package dev.toolkeep.trust;

import static dev.toolkeep.registry.Offers.NOW;
import static dev.toolkeep.registry.Offers.approval;
import static dev.toolkeep.registry.Offers.draft;
import static dev.toolkeep.registry.Offers.tool;
import static dev.toolkeep.registry.Offers.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refusal.Code;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Offers;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final ToolDefinition FIND = draft().definition();
    private static final ToolVersion KNOWN = version(FIND);
    private static final ToolVersion OTHER =
            version(draft().description("Other.").definition());

    private final Trust trust = new Trust(3);

    private Refusal refusal(Tool tool, List<String> chain) {
        return catchThrowableOfType(Refused.class, () -> trust.verify(tool, chain, LATER))
                .why();
    }

    private Refusal refusal(Standing standing) {
        return refusal(tool(standing, KNOWN), List.of());
    }

    private static Standing first() {
        return Standing.first(FIND.name(), KNOWN.digest(), "");
    }

    @Test
    void exactlyWhatWasApprovedIsTrusted() throws Exception {
        TrustedTool trusted = trust.verify(Offers.approved(FIND), List.of("a", "b", "c"), LATER);
        assertThat(trusted.definition()).isEqualTo(FIND);
        assertThat(trusted.digest()).isEqualTo(KNOWN.digest());
    }

    @Test
    void aToolNobodyApprovedIsRefused() {
        Refusal refusal = refusal(first());
        assertThat(refusal.code()).isEqualTo(Code.TOOL_NOT_APPROVED);
        assertThat(refusal.rule()).isEqualTo("trust.approval");
        assertThat(refusal.message()).isEqualTo("pets.find waits for a first approval");
        assertThat(refusal.advice()).isEqualTo("ask an operator to look: toolkeep approve pets.find");
        assertThat(refusal(first().rejected(KNOWN.digest())).code()).isEqualTo(Code.TOOL_NOT_APPROVED);
        assertThat(refusal(first().approved(approval(KNOWN)).revoked()).code()).isEqualTo(Code.TOOL_NOT_APPROVED);
    }

    @Test
    void anApprovalEndsAtTheMomentOfItsExpiry() throws Exception {
        Standing standing = first().approved(new Standing.Approval(KNOWN.digest(), "ann", NOW, LATER));
        Tool tool = tool(standing, KNOWN);
        assertThat(trust.verify(tool, List.of(), LATER.minusMillis(1))).isNotNull();
        assertThat(refusal(tool, List.of()).code()).isEqualTo(Code.TOOL_NOT_APPROVED);
        assertThat(refusal(tool, List.of()).message()).contains("expired");
    }

    @Test
    void aDriftedToolIsQuarantinedWithTheWayToItsDiff() {
        Refusal refusal = refusal(first().approved(approval(KNOWN)).offering(OTHER.digest()));
        assertThat(refusal.code()).isEqualTo(Code.TOOL_QUARANTINED);
        assertThat(refusal.rule()).isEqualTo("trust.drift");
        assertThat(refusal.advice()).contains("toolkeep tool diff pets.find");
    }

    @Test
    void aHeldToolIsQuarantinedWithoutTheReasonItWasHeldFor() {
        Refusal refusal =
                refusal(first().approved(approval(KNOWN)).held(new Standing.Hold("ann", NOW, "incident 4711")));
        assertThat(refusal.code()).isEqualTo(Code.TOOL_QUARANTINED);
        assertThat(refusal.rule()).isEqualTo("trust.hold");
        assertThat(refusal.message() + refusal.advice()).doesNotContain("4711").doesNotContain("ann ");
    }

    @Test
    void aToolItsSourceDroppedIsQuarantined() {
        Refusal refusal = refusal(first().approved(approval(KNOWN)).offering(null));
        assertThat(refusal.code()).isEqualTo(Code.TOOL_QUARANTINED);
        assertThat(refusal.rule()).isEqualTo("trust.removed");
    }

    @Test
    void aToolThatCannotBeCalledIsRefusedWithTheReason() {
        ToolDefinition tcp = draft().template(new CallTemplate.Unsupported("tcp", "no tcp here", Json.object()))
                .definition();
        assertThat(refusal(Offers.approved(tcp), List.of()).code()).isEqualTo(Code.TOOL_UNSUPPORTED);
        assertThat(refusal(Offers.approved(tcp), List.of()).message()).contains("no tcp here");
        ToolDefinition evil = draft().inputs("{\"pattern\":\"(a)\\\\1\"}").definition();
        assertThat(refusal(Offers.approved(evil), List.of()).code()).isEqualTo(Code.TOOL_UNSUPPORTED);
        assertThat(refusal(Offers.approved(evil), List.of()).message()).contains("refers back");
        ToolDefinition outputs =
                draft().outputs("{\"$ref\":\"https://elsewhere.example/\"}").definition();
        assertThat(refusal(Offers.approved(outputs), List.of()).code()).isEqualTo(Code.TOOL_UNSUPPORTED);
    }

    @Test
    void aChainOneTooLongIsRefused() {
        Refusal refusal = refusal(Offers.approved(FIND), List.of("a", "b", "c", "d"));
        assertThat(refusal.code()).isEqualTo(Code.CHAIN_TOO_DEEP);
        assertThat(refusal.message()).contains("4").contains("3");
    }

    @Test
    void aToolThatMayNotBeUsedSaysSoBeforeAnythingElse() {
        ToolDefinition tcp = draft().template(new CallTemplate.Unsupported("tcp", "no tcp here", Json.object()))
                .definition();
        ToolVersion version = version(tcp);
        Tool tool = tool(Standing.first(tcp.name(), version.digest(), ""), version);
        assertThat(refusal(tool, List.of("a", "b", "c", "d")).code()).isEqualTo(Code.TOOL_NOT_APPROVED);
    }

    @Test
    void aChainCannotBeShorterThanNothing() {
        assertThatThrownBy(() -> new Trust(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
