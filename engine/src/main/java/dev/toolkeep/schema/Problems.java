package dev.toolkeep.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a judgement found, in lines for whoever sent the value: the place in it and the rule of the schema. The value
/// itself is never quoted.
final class Problems {
    private static final int MAX_RULE = 200;

    private Problems() {}

    static List<String> lines(List<Error> errors, int most) {
        List<String> lines = new ArrayList<>();
        for (Error error : errors) {
            String line = line(error);
            if (lines.size() < most && !lines.contains(line)) {
                lines.add(line);
            }
        }
        return List.copyOf(lines);
    }

    private static String line(Error error) {
        return place(error) + " " + rule(error);
    }

    private static String place(Error error) {
        String place = "/";
        int names = error.getInstanceLocation().getNameCount();
        for (int i = 0; i < names; i++) {
            place = Places.inside(
                    place, error.getInstanceLocation().getElement(i).toString());
        }
        return place;
    }

    private static String rule(Error error) {
        String property = error.getProperty() == null ? "" : Places.printable(error.getProperty());
        JsonNode rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "type" -> "must be " + said(rule);
            case "required" -> "must have the property " + property;
            case "additionalProperties", "unevaluatedProperties" -> "must not have the property " + property;
            case "enum" -> "must be one of " + said(rule);
            case "const" -> "must be " + said(rule);
            case "pattern" -> "must match the pattern " + said(rule);
            case "maximum" -> "must be at most " + said(rule);
            case "minimum" -> "must be at least " + said(rule);
            case "exclusiveMaximum" -> "must be below " + said(rule);
            case "exclusiveMinimum" -> "must be above " + said(rule);
            case "multipleOf" -> "must be a multiple of " + said(rule);
            case "maxLength" -> "must have at most " + said(rule) + " characters";
            case "minLength" -> "must have at least " + said(rule) + " characters";
            case "maxItems" -> "must have at most " + said(rule) + " items";
            case "minItems" -> "must have at least " + said(rule) + " items";
            case "uniqueItems" -> "must not have the same item twice";
            case "oneOf" -> "must match exactly one of the schemas it may match";
            case "anyOf" -> "must match one of the schemas it may match";
            case "false" -> "must not be there";
            case null -> "does not satisfy its schema";
            default -> "does not satisfy " + Places.printable(error.getKeyword());
        };
    }

    private static String said(JsonNode rule) {
        if (rule == null) {
            return "what its schema says";
        }
        String text = rule.isString() ? rule.asString() : rule.toString();
        return text.length() > MAX_RULE ? text.substring(0, MAX_RULE) + "..." : text;
    }
}
