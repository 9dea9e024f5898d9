package dev.toolkeep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithdrawalTest {
    private final Withdrawal withdrawal = new Withdrawal();
    private final List<String> heard = new ArrayList<>();

    @Test
    void whoeverListensLastIsToldOnce() {
        withdrawal.then(() -> heard.add("first"));
        withdrawal.then(() -> heard.add("second"));
        assertThat(withdrawal.said()).isFalse();
        withdrawal.say();
        withdrawal.say();
        assertThat(withdrawal.said()).isTrue();
        assertThat(heard).containsExactly("second");
    }

    @Test
    void whoListensTooLateIsToldAtOnce() {
        withdrawal.say();
        withdrawal.then(() -> heard.add("late"));
        assertThat(heard).containsExactly("late");
    }
}
