package dev.toolkeep.web.mcp;

import dev.toolkeep.protocol.Questions;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.web.rpc.RpcError;

/// Revisions to 2025-11-25: a client with a session that takes events can be asked on its call's stream, and hears what
/// a tool logs.
final class LegacyTalks implements Talks {
    private final Sessions sessions;
    private final OpenQuestions questions;

    LegacyTalks(Sessions sessions, OpenQuestions questions) {
        this.sessions = sessions;
        this.questions = questions;
    }

    @Override
    public Going going(Desk desk, Talk.Purpose purpose, Withdrawal withdrawal) throws RpcError {
        Sessions.Session session = sessions.of(desk.exchange());
        if (session == null || !desk.stream().takesEvents()) {
            return new Going(purpose == Talk.Purpose.USE ? Talk.NONE : Talk.COMPLETION, null, false);
        }
        Questions asked = session.capabilities().isEmpty()
                ? Questions.NONE
                : questions.of(desk.exchange(), session, desk.stream());
        return new Going(new Talk(purpose, asked, sessions.level(session), null), null, false);
    }
}
