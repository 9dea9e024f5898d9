package dev.toolkeep.toolset;

import java.util.List;

/// Where toolsets are kept. Every method is atomic; a save replaces what had the same name. Times are kept to the
/// millisecond.
public interface Toolsets {
    /// By name.
    List<Toolset> all();

    void save(Toolset toolset);

    /// Removing what is not there changes nothing.
    void remove(String name);
}
