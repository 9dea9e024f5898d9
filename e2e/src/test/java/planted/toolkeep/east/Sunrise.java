package planted.toolkeep.east;

import planted.toolkeep.west.Sunset;

public record Sunrise(Sunset last) {}
