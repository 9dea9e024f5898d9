package planted.toolkeep.west;

import planted.toolkeep.east.Sunrise;

public record Sunset(Sunrise last) {}
