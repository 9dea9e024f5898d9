package planted.toolkeep.trust;

/// A ticket that anybody can make and extend.
public class TrustedTool {
    public TrustedTool() {}
}
