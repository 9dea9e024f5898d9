package dev.toolkeep.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object as CEL sees it, converted member by member when asked for. Whole numbers become `int`; others, and
/// whole ones outside 64 bits, `double` when its shortest decimal form is the very number. A number that fits neither
/// is an error: the condition must not judge another number than the tool gets.
final class JsonView extends AbstractMap<String, Object> {
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final ObjectNode node;
    private final Effort effort;

    private JsonView(ObjectNode node, Effort effort) {
        this.node = node;
        this.effort = effort;
    }

    static CelMap of(ObjectNode node, Effort effort) {
        return new CelMap(new JsonView(node, effort));
    }

    @Override
    public @Nullable Object get(Object key) {
        JsonNode member = key instanceof String name ? node.get(name) : null;
        return member == null ? null : value(member);
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && node.has(name);
    }

    @Override
    public int size() {
        return node.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                effort.spend(node.size());
                return Iterators.transform(node.properties().iterator(), JsonView.this::entry);
            }

            @Override
            public int size() {
                return node.size();
            }
        };
    }

    private Entry<String, Object> entry(Map.Entry<String, JsonNode> member) {
        effort.spend(member.getKey().length());
        return Map.entry(member.getKey(), value(member.getValue()));
    }

    private Object value(JsonNode value) {
        effort.spend(1);
        return switch (value.getNodeType()) {
            case STRING -> text(value.stringValue());
            case NUMBER -> number(value);
            case BOOLEAN -> value.booleanValue();
            case OBJECT -> of((ObjectNode) value, effort);
            case ARRAY -> list(value);
            case NULL -> NullValue.NULL_VALUE;
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON value");
        };
    }

    private String text(String text) {
        effort.spend(text.length());
        return text;
    }

    private ImmutableList<Object> list(JsonNode array) {
        effort.spend(array.size());
        ImmutableList.Builder<Object> list = ImmutableList.builderWithExpectedSize(array.size());
        for (JsonNode element : array) {
            list.add(value(element));
        }
        return list.build();
    }

    private static Object number(JsonNode number) {
        if (number.isIntegralNumber()) {
            if (number.canConvertToLong()) {
                return number.longValue();
            }
            BigInteger whole = number.bigIntegerValue();
            if (whole.compareTo(MIN) >= 0 && whole.compareTo(MAX) <= 0) {
                return whole.longValueExact();
            }
            return exact(new BigDecimal(whole));
        }
        return exact(number.decimalValue());
    }

    private static Double exact(BigDecimal number) {
        double nearest = number.doubleValue();
        if (Double.isInfinite(nearest) || new BigDecimal(Double.toString(nearest)).compareTo(number) != 0) {
            throw new ArithmeticException("a number has more digits than a condition can judge");
        }
        return nearest;
    }
}
