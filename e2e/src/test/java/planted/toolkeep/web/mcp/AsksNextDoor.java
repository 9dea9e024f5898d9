package planted.toolkeep.web.mcp;

import dev.toolkeep.web.rest.CallDoor;

record AsksNextDoor(CallDoor neighbour) {}
