package planted.toolkeep;

record Loose(String where) {}
