package dev.toolkeep.terminal;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a command says to people, put together line by line. Every text given to it is made plain first ([Plain]), so
/// nothing from outside reaches a terminal raw.
public final class Page {
    private final boolean coloured;
    private final StringBuilder text = new StringBuilder();

    public Page(boolean coloured) {
        this.coloured = coloured;
    }

    public Page line(String line) {
        return line(Style.PLAIN, line);
    }

    public Page line(Style style, String line) {
        text.append(style.over(Plain.line(line), coloured)).append('\n');
        return this;
    }

    public Page blank() {
        text.append('\n');
        return this;
    }

    /// `label`, then `value` in a column of its own; nothing where the value is empty.
    public Page fact(String label, String value) {
        if (!value.isEmpty()) {
            text.append(String.format("%-12s ", label))
                    .append(Plain.line(value))
                    .append('\n');
        }
        return this;
    }

    /// Several lines, each after `indent`.
    public Page block(String indent, String lines) {
        return block(Style.PLAIN, indent, lines);
    }

    public Page block(Style style, String indent, String lines) {
        for (String line : Plain.lines(lines).split("\n", -1)) {
            text.append(style.over(indent + line, coloured)).append('\n');
        }
        return this;
    }

    /// JSON, indented.
    public Page json(String indent, JsonNode node) {
        return block(indent, dev.toolkeep.wire.Json.pretty(node));
    }

    public Table table(String... heads) {
        return new Table(heads);
    }

    public String text() {
        return text.toString();
    }

    /// Columns as wide as what they hold, two blanks apart; the last is not filled up.
    public final class Table {
        private record Row(Style style, List<String> cells) {}

        private final List<Row> rows = new ArrayList<>();

        private Table(String... heads) {
            row(Style.FAINT, heads);
        }

        public Table row(String... cells) {
            return row(Style.PLAIN, cells);
        }

        public Table row(Style style, String... cells) {
            rows.add(new Row(style, List.of(cells).stream().map(Plain::line).toList()));
            return this;
        }

        /// Adds the table to the page.
        public Page end() {
            int columns = rows.getFirst().cells().size();
            int[] widths = new int[columns];
            for (Row row : rows) {
                for (int i = 0; i < columns; i++) {
                    widths[i] = Math.max(widths[i], width(row.cells().get(i)));
                }
            }
            for (Row row : rows) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < columns; i++) {
                    String cell = row.cells().get(i);
                    line.append(i == 0 ? "" : "  ").append(cell);
                    line.append(" ".repeat(i == columns - 1 ? 0 : widths[i] - width(cell)));
                }
                text.append(row.style().over(line.toString().stripTrailing(), coloured))
                        .append('\n');
            }
            return Page.this;
        }

        private static int width(String cell) {
            return cell.codePointCount(0, cell.length());
        }
    }
}
