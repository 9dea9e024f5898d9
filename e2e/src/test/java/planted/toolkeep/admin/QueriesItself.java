package planted.toolkeep.admin;

import java.sql.Connection;
import org.jdbi.v3.core.Jdbi;

record QueriesItself(Connection connection, Jdbi jdbi) {}
