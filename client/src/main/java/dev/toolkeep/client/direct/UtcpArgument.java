package dev.toolkeep.client.direct;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says more of a parameter of a tool, or of a component of a record that one takes or gives.
@Documented
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface UtcpArgument {
    String description();

    /// The argument's name. Empty: the parameter's own, which needs a class compiled with `-parameters`.
    String name() default "";
}
