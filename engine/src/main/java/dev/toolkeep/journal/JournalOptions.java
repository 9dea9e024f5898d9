package dev.toolkeep.journal;

/// How the journal writes.
///
/// @param segmentBytes a new file is begun past this size
/// @param waiting how many records may wait to be written; past that, appending fails at once
/// @param sync whether each commit waits for the disk; false survives a crash of the program but not of the machine
public record JournalOptions(long segmentBytes, int waiting, boolean sync) {
    public static final JournalOptions DEFAULT = new JournalOptions(16L << 20, 65_536, true);
}
