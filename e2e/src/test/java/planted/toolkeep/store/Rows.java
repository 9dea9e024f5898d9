package planted.toolkeep.store;

import java.sql.ResultSet;

record Rows(ResultSet all) {}
