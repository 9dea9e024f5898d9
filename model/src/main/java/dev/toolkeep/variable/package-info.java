/// Where the values of `${NAME}` come from when no vault grants them: settings, a dotenv file, the environment.
@NullMarked
package dev.toolkeep.variable;

import org.jspecify.annotations.NullMarked;
