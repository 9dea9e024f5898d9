package planted.toolkeep.policy;

/// A ticket that anybody can make.
public final class PermittedCall {
    public PermittedCall() {}
}
