package dev.toolkeep.call;

/// A request that was refused before a call could be made of it.
///
/// @param call the id its answer carries
/// @param address the peer's IP address, as text
/// @param caller whose key it came with; empty when it came with none that is valid
/// @param code why, in a stable word
/// @param detail why, in words; holds nothing secret
public record DoorRefusal(Door door, String call, String address, String caller, String code, String detail) {}
