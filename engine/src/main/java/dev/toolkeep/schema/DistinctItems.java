package dev.toolkeep.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// `uniqueItems`, in time that hangs on the size of the list alone, whatever is in it. The validator's own puts the
/// items into a hash set as they are; a caller who sends texts of one hash code makes that quadratic, and 1 MiB of
/// them held a thread for 20 seconds. Here each item is compared by its text, and texts of one hash code are kept in
/// order.
final class DistinctItems extends AbstractKeyword {
    DistinctItems() {
        super("uniqueItems");
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode rule, Schema parent, SchemaContext context) {
        return new Judge(this, rule, location, parent, context);
    }

    private static final class Judge extends BaseKeywordValidator {
        private final boolean wanted;

        Judge(Keyword keyword, JsonNode rule, SchemaLocation location, Schema parent, SchemaContext context) {
            super(keyword, rule, location, parent, context);
            wanted = rule.isBoolean() && rule.booleanValue();
        }

        @Override
        public void validate(ExecutionContext context, JsonNode list, JsonNode root, NodePath place) {
            if (wanted && list.isArray() && !distinct(list)) {
                context.addError(error().instanceNode(list)
                        .instanceLocation(place)
                        .evaluationPath(context.getEvaluationPath())
                        .locale(context.getExecutionConfig().getLocale())
                        .build());
            }
        }

        private static boolean distinct(JsonNode list) {
            Set<String> seen = HashSet.newHashSet(list.size());
            for (JsonNode item : list) {
                StringBuilder text = new StringBuilder();
                write(item, text);
                if (!seen.add(text.toString())) {
                    return false;
                }
            }
            return true;
        }

        /// The same text for equal values (1 and 1.0, members in any order) and for no others.
        private static void write(JsonNode value, StringBuilder text) {
            switch (value.getNodeType()) {
                case STRING -> quote(value.stringValue(), text);
                case NUMBER ->
                    text.append('#')
                            .append(
                                    value.decimalValue().signum() == 0
                                            ? "0"
                                            : value.decimalValue()
                                                    .stripTrailingZeros()
                                                    .toString());
                case ARRAY -> {
                    text.append('[');
                    value.forEach(item -> write(item, text));
                    text.append(']');
                }
                case OBJECT -> {
                    Map<String, JsonNode> members = new TreeMap<>();
                    value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
                    text.append('{');
                    members.forEach((name, member) -> {
                        quote(name, text);
                        write(member, text);
                    });
                    text.append('}');
                }
                default -> text.append(value.asString()).append(',');
            }
        }

        /// A text with its length in front, so that nothing in it can pass for something else.
        private static void quote(String said, StringBuilder text) {
            text.append('"').append(said.length()).append(':').append(said);
        }
    }
}
