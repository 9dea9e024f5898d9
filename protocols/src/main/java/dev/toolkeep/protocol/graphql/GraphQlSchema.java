package dev.toolkeep.protocol.graphql;

import java.util.List;
import java.util.Map;

/// A server's schema, as much of it as calls need. Every name in it is a GraphQL name, so it can stand in a document.
///
/// @param query the name of the root type; empty where the server has none; likewise the other two
record GraphQlSchema(String query, String mutation, String subscription, Map<String, TypeDef> types) {
    GraphQlSchema {
        types = Map.copyOf(types);
    }

    sealed interface TypeDef {
        String name();

        record Scalar(String name, String description) implements TypeDef {}

        record Choice(String name, String description, List<String> values) implements TypeDef {
            public Choice {
                values = List.copyOf(values);
            }
        }

        record Input(String name, String description, List<Argument> fields) implements TypeDef {
            public Input {
                fields = List.copyOf(fields);
            }
        }

        /// An object, an interface or a union.
        ///
        /// @param possible the object types it may be, by name; empty for an object
        record Composite(String name, List<Field> fields, List<String> possible) implements TypeDef {
            public Composite {
                fields = List.copyOf(fields);
                possible = List.copyOf(possible);
            }
        }
    }

    record Field(String name, String description, List<Argument> arguments, Ref type, boolean deprecated) {
        Field {
            arguments = List.copyOf(arguments);
        }

        /// Whether it can be selected without an argument.
        boolean free() {
            return arguments.stream().noneMatch(Argument::required);
        }
    }

    /// @param byDefault its default value as GraphQL text; empty where it has none
    record Argument(String name, String description, Ref type, String byDefault) {
        boolean required() {
            return type instanceof Ref.NonNull && byDefault.isEmpty();
        }
    }

    /// A type where it is used.
    sealed interface Ref {
        /// As GraphQL writes it: `[User!]!`.
        String text();

        /// The name of the innermost type.
        String named();

        record Named(String named) implements Ref {
            @Override
            public String text() {
                return named;
            }
        }

        record ListOf(Ref item) implements Ref {
            @Override
            public String text() {
                return "[" + item.text() + "]";
            }

            @Override
            public String named() {
                return item.named();
            }
        }

        record NonNull(Ref inner) implements Ref {
            @Override
            public String text() {
                return inner.text() + "!";
            }

            @Override
            public String named() {
                return inner.named();
            }
        }
    }
}
