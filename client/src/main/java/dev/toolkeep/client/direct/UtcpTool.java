package dev.toolkeep.client.direct;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a public method a tool, see [DirectManual].
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface UtcpTool {
    /// The tool's name without its manual: 1-96 of `A-Z a-z 0-9 _ . / -`. Empty: the method's own name.
    String name() default "";

    /// What it does, for people and models.
    String description();

    String[] tags() default {};
}
