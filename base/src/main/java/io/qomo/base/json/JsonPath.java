package io.qomo.base.json;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A compiled path such as `$.a[0]`, `$.*`, `$[last-1]`, `$[1 to 3]`, `$**.b`. Immutable, shared by
/// threads.
///
/// What is no array counts as an array of itself, so `$[0]` and `$[last]` of a scalar are the scalar.
/// Source: MySQL 8.0 manual, "JSON Path Syntax".
public final class JsonPath {
    /// A step of a path.
    sealed interface Leg {
        /// The member of a name.
        record Member(byte[] key) implements Leg {}

        /// Every member.
        record AnyMember() implements Leg {}

        /// An element; `last-n` counts back.
        record Cell(int index, boolean isFromEnd) implements Leg {
            /// The index in an array of a size; may lie outside.
            int in(int size) {
                return isFromEnd ? size - 1 - index : index;
            }
        }

        /// Elements from one to another, both included.
        record Range(Cell from, Cell to) implements Leg {}

        /// Every element.
        record AnyCell() implements Leg {}

        /// The value itself and everything in it.
        record AnyDepth() implements Leg {}
    }

    private static final Leg.Cell FIRST = new Leg.Cell(0, false);

    private final List<Leg> legs;

    private JsonPath(List<Leg> legs) {
        this.legs = List.copyOf(legs);
    }

    /// Compiles a path in UTF-8, or throws `INVALID_JSON_PATH` with the place of the fault.
    public static JsonPath parse(byte[] utf8, int offset, int length) {
        return new JsonPath(new JsonPathParser(utf8, offset, length).parse());
    }

    /// Compiles a path.
    public static JsonPath parse(String path) {
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        return parse(utf8, 0, utf8.length);
    }

    /// True if the path can lead to several values: it has `*`, `**` or a range.
    public boolean hasWildcard() {
        for (Leg leg : legs) {
            if (!(leg instanceof Leg.Member) && !(leg instanceof Leg.Cell)) {
                return true;
            }
        }
        return false;
    }

    /// Throws `INVALID_JSON_PATH_WILDCARD` if [#hasWildcard].
    public JsonPath requireSingle() {
        if (hasWildcard()) {
            throw new SqlException(ErrorCode.INVALID_JSON_PATH_WILDCARD);
        }
        return this;
    }

    /// True for `$` alone.
    public boolean isRoot() {
        return legs.isEmpty();
    }

    List<Leg> legs() {
        return legs;
    }

    /// The value the path leads to, the first if there are several, null if there is none.
    public @Nullable JsonValue first(JsonValue root) {
        JsonValue value = root;
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.get(i);
            if (!(leg instanceof Leg.Member) && !(leg instanceof Leg.Cell)) {
                List<JsonValue> found = new ArrayList<>();
                find(value, i, found, new HashSet<>(), true);
                return found.isEmpty() ? null : found.getFirst();
            }
            value = step(value, leg);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    /// The value one step leads to from a value, null if there is none; for steps without wildcards.
    static @Nullable JsonValue step(JsonValue value, Leg leg) {
        if (leg instanceof Leg.Member member) {
            return value.isObject() ? value.member(member.key()) : null;
        }
        Leg.Cell cell = (Leg.Cell) leg;
        if (!value.isArray()) {
            return cell.in(1) == 0 ? value : null;
        }
        int index = cell.in(value.size());
        return index >= 0 && index < value.size() ? value.element(index) : null;
    }

    /// All values the path leads to, each once, in the order of the document.
    public List<JsonValue> find(JsonValue root) {
        List<JsonValue> found = new ArrayList<>();
        find(root, 0, found, new HashSet<>(), false);
        return found;
    }

    private void find(JsonValue value, int at, List<JsonValue> found, Set<Integer> seen, boolean isFirstWanted) {
        if (isFirstWanted && !found.isEmpty()) {
            return;
        }
        if (at == legs.size()) {
            if (seen.add(value.position())) {
                found.add(value);
            }
            return;
        }
        switch (legs.get(at)) {
            case Leg.Member _, Leg.Cell _ -> {
                JsonValue next = step(value, legs.get(at));
                if (next != null) {
                    find(next, at + 1, found, seen, isFirstWanted);
                }
            }
            case Leg.AnyMember _ -> {
                if (value.isObject()) {
                    findEach(value, 0, value.size() - 1, at + 1, found, seen, isFirstWanted);
                }
            }
            case Leg.AnyCell _ -> {
                if (value.isArray()) {
                    findEach(value, 0, value.size() - 1, at + 1, found, seen, isFirstWanted);
                }
            }
            case Leg.Range range -> {
                int size = value.isArray() ? value.size() : 1;
                int from = Math.max(range.from().in(size), 0);
                int to = Math.min(range.to().in(size), size - 1);
                if (value.isArray()) {
                    findEach(value, from, to, at + 1, found, seen, isFirstWanted);
                } else if (from == 0 && to == 0) {
                    find(value, at + 1, found, seen, isFirstWanted);
                }
            }
            case Leg.AnyDepth _ -> {
                find(value, at + 1, found, seen, isFirstWanted);
                if (value.type().isContainer()) {
                    findEach(value, 0, value.size() - 1, at, found, seen, isFirstWanted);
                }
            }
        }
    }

    private void findEach(
            JsonValue value, int from, int to, int at, List<JsonValue> found, Set<Integer> seen, boolean isFirst) {
        for (int i = from; i <= to; i++) {
            find(value.element(i), at, found, seen, isFirst);
        }
    }

    /// The path in its canonical text, names quoted where they must be.
    @Override
    public String toString() {
        ByteBuilder out = new ByteBuilder();
        out.put('$');
        for (Leg leg : legs) {
            switch (leg) {
                case Leg.Member member -> appendMember(member.key(), 0, member.key().length, out);
                case Leg.AnyMember _ -> out.putAscii(".*");
                case Leg.AnyCell _ -> out.putAscii("[*]");
                case Leg.AnyDepth _ -> out.putAscii("**");
                case Leg.Cell cell -> {
                    out.put('[');
                    appendIndex(cell, out);
                    out.put(']');
                }
                case Leg.Range range -> {
                    out.put('[');
                    appendIndex(range.from(), out);
                    out.putAscii(" to ");
                    appendIndex(range.to(), out);
                    out.put(']');
                }
            }
        }
        return out.toString();
    }

    private static void appendIndex(Leg.Cell cell, ByteBuilder out) {
        if (!cell.isFromEnd()) {
            out.putNumber(cell.index());
        } else {
            out.putAscii("last");
            if (cell.index() > 0) {
                out.put('-').putNumber(cell.index());
            }
        }
    }

    /// Appends `.name` or `."na me"`.
    static void appendMember(byte[] key, int offset, int length, ByteBuilder out) {
        out.put('.');
        if (isIdentifier(key, offset, length)) {
            out.put(key, offset, length);
        } else {
            JsonPrinter.appendQuoted(key, offset, length, out);
        }
    }

    private static boolean isIdentifier(byte[] key, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i += Utf8.charLength(key, i, end)) {
            int c = Utf8.codePointAt(key, i, end);
            if (!(i == offset ? isIdentifierStart(c) : isIdentifierPart(c))) {
                return false;
            }
        }
        return length > 0;
    }

    static boolean isIdentifierStart(int c) {
        return c == '$' || c == '_' || Character.isLetter(c) || Character.getType(c) == Character.LETTER_NUMBER;
    }

    static boolean isIdentifierPart(int c) {
        return isIdentifierStart(c)
                || Character.isDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK
                || Character.getType(c) == Character.CONNECTOR_PUNCTUATION
                || c == 0x200C
                || c == 0x200D;
    }

    /// The first cell, which everything is an array of.
    static Leg.Cell firstCell() {
        return FIRST;
    }
}
