package planted.toolkeep.attic;

record Lost(String where) {}
