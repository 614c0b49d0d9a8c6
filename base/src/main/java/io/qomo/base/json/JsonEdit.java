package io.qomo.base.json;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Changed copies of documents: what JSON_SET() and its kin do. What a change does not touch is copied as
/// bytes.
///
/// Paths have no wildcards (`INVALID_JSON_PATH_WILDCARD`). A change that does nothing returns the document
/// itself. Source: MySQL 8.0 manual, "Functions That Modify JSON Values".
public final class JsonEdit {
    /// Which values [#set] touches.
    public enum Mode {
        /// Replaces what exists, adds what does not: JSON_SET().
        SET,
        /// Only adds: JSON_INSERT().
        INSERT,
        /// Only replaces: JSON_REPLACE().
        REPLACE
    }

    /// A container on the way to a value, and the index taken in it.
    private record Step(JsonValue container, int index) {}

    private JsonEdit() {}

    /// A document with a value set at a path.
    public static JsonValue set(JsonValue document, JsonPath path, JsonValue value, Mode mode) {
        path.requireSingle();
        List<Step> trail = new ArrayList<>();
        JsonValue target = follow(document, path, path.legs().size(), trail);
        if (target != null) {
            return mode == Mode.INSERT ? document : rebuild(trail, b -> b.add(value));
        }
        if (mode == Mode.REPLACE) {
            return document;
        }
        trail.clear();
        JsonValue parent = follow(document, path, path.legs().size() - 1, trail);
        if (parent == null) {
            return document;
        }
        return switch (path.legs().getLast()) {
            case JsonPath.Leg.Member member ->
                parent.isObject() ? rebuild(trail, b -> copyWithMember(parent, member.key(), value, b)) : document;
            case JsonPath.Leg.Cell cell -> rebuild(trail, b -> copyWithCell(parent, cell, value, b));
            default -> document;
        };
    }

    private static void copyWithMember(JsonValue object, byte[] key, JsonValue value, JsonBuilder b) {
        b.beginObject();
        for (int i = 0; i < object.size(); i++) {
            copyMember(object, i, b);
        }
        b.key(key, 0, key.length).add(value).end();
    }

    /// Puts a value where a cell is missing: behind the end, or before the start for `last-n`.
    private static void copyWithCell(JsonValue parent, JsonPath.Leg.Cell cell, JsonValue value, JsonBuilder b) {
        int size = parent.isArray() ? parent.size() : 1;
        boolean isBefore = cell.in(size) < 0;
        b.beginArray();
        if (isBefore) {
            b.add(value);
        }
        copyElements(parent, 0, b);
        if (!isBefore) {
            b.add(value);
        }
        b.end();
    }

    private static void copyElements(JsonValue value, int from, JsonBuilder b) {
        if (!value.isArray()) {
            b.add(value);
            return;
        }
        for (int i = from; i < value.size(); i++) {
            b.add(value.element(i));
        }
    }

    private static void copyMember(JsonValue object, int index, JsonBuilder b) {
        int from = object.keyStart(index);
        b.key(object.array(), from, object.keyStart(index + 1) - from).add(object.element(index));
    }

    /// A document without the value at a path; `JSON_VACUOUS_PATH` for the root.
    public static JsonValue remove(JsonValue document, JsonPath path) {
        path.requireSingle();
        if (path.isRoot()) {
            throw new SqlException(ErrorCode.JSON_VACUOUS_PATH);
        }
        List<Step> trail = new ArrayList<>();
        JsonValue parent = follow(document, path, path.legs().size() - 1, trail);
        if (parent == null) {
            return document;
        }
        int index = childIndex(parent, path.legs().getLast());
        if (index < 0) {
            return document;
        }
        return rebuild(trail, b -> {
            if (parent.isObject()) {
                b.beginObject();
                for (int i = 0; i < parent.size(); i++) {
                    if (i != index) {
                        copyMember(parent, i, b);
                    }
                }
            } else {
                b.beginArray();
                for (int i = 0; i < parent.size(); i++) {
                    if (i != index) {
                        b.add(parent.element(i));
                    }
                }
            }
            b.end();
        });
    }

    /// A document with a value appended to the array at a path; what is no array there becomes one.
    public static JsonValue arrayAppend(JsonValue document, JsonPath path, JsonValue value) {
        path.requireSingle();
        List<Step> trail = new ArrayList<>();
        JsonValue target = follow(document, path, path.legs().size(), trail);
        if (target == null) {
            return document;
        }
        return rebuild(trail, b -> {
            b.beginArray();
            copyElements(target, 0, b);
            b.add(value).end();
        });
    }

    /// A document with a value inserted before the array cell a path names, at the end if the array is
    /// shorter; `INVALID_JSON_PATH_ARRAY_CELL` if the path names something else.
    public static JsonValue arrayInsert(JsonValue document, JsonPath path, JsonValue value) {
        path.requireSingle();
        if (path.isRoot() || !(path.legs().getLast() instanceof JsonPath.Leg.Cell cell)) {
            throw new SqlException(ErrorCode.INVALID_JSON_PATH_ARRAY_CELL);
        }
        List<Step> trail = new ArrayList<>();
        JsonValue parent = follow(document, path, path.legs().size() - 1, trail);
        if (parent == null || !parent.isArray()) {
            return document;
        }
        int index = Math.clamp(cell.in(parent.size()), 0, parent.size());
        return rebuild(trail, b -> {
            b.beginArray();
            for (int i = 0; i < index; i++) {
                b.add(parent.element(i));
            }
            b.add(value);
            copyElements(parent, index, b);
            b.end();
        });
    }

    /// RFC 7396: members of `patch` replace those of `document`, null removes them; what is no object
    /// replaces whole.
    public static JsonValue mergePatch(JsonValue document, JsonValue patch) {
        JsonBuilder b = new JsonBuilder();
        mergePatch(document, patch, b);
        return b.toValue();
    }

    private static void mergePatch(@Nullable JsonValue document, JsonValue patch, JsonBuilder b) {
        if (!patch.isObject()) {
            b.add(patch);
            return;
        }
        b.beginObject();
        if (document != null && document.isObject()) {
            for (int i = 0; i < document.size(); i++) {
                if (patch.member(document.key(i)) == null) {
                    copyMember(document, i, b);
                }
            }
        }
        for (int i = 0; i < patch.size(); i++) {
            JsonValue value = patch.element(i);
            if (!value.isNull()) {
                byte[] key = patch.key(i);
                b.key(key, 0, key.length);
                mergePatch(document != null && document.isObject() ? document.member(key) : null, value, b);
            }
        }
        b.end();
    }

    /// Objects joined member by member, anything else as arrays one after the other.
    public static JsonValue mergePreserve(JsonValue first, JsonValue second) {
        JsonBuilder b = new JsonBuilder();
        mergePreserve(first, second, b);
        return b.toValue();
    }

    private static void mergePreserve(JsonValue first, JsonValue second, JsonBuilder b) {
        if (!first.isObject() || !second.isObject()) {
            b.beginArray();
            copyElements(first, 0, b);
            copyElements(second, 0, b);
            b.end();
            return;
        }
        b.beginObject();
        for (int i = 0; i < first.size(); i++) {
            byte[] key = first.key(i);
            JsonValue other = second.member(key);
            if (other == null) {
                copyMember(first, i, b);
            } else {
                b.key(key, 0, key.length);
                mergePreserve(first.element(i), other, b);
            }
        }
        for (int i = 0; i < second.size(); i++) {
            if (first.member(second.key(i)) == null) {
                copyMember(second, i, b);
            }
        }
        b.end();
    }

    /// Follows the first `count` legs; notes the containers passed. Null where the path leads nowhere.
    private static @Nullable JsonValue follow(JsonValue root, JsonPath path, int count, List<Step> trail) {
        JsonValue value = root;
        for (int i = 0; i < count; i++) {
            JsonPath.Leg leg = path.legs().get(i);
            if (leg instanceof JsonPath.Leg.Cell cell && !value.isArray()) {
                if (cell.in(1) != 0) {
                    return null;
                }
                continue;
            }
            int index = childIndex(value, leg);
            if (index < 0) {
                return null;
            }
            trail.add(new Step(value, index));
            value = value.element(index);
        }
        return value;
    }

    private static int childIndex(JsonValue value, JsonPath.Leg leg) {
        return switch (leg) {
            case JsonPath.Leg.Member member ->
                value.isObject() ? value.indexOf(member.key(), 0, member.key().length) : -1;
            case JsonPath.Leg.Cell cell -> {
                int index = value.isArray() ? cell.in(value.size()) : -1;
                yield index < value.size() ? index : -1;
            }
            default -> -1;
        };
    }

    /// The document with something else written where a trail ends.
    private static JsonValue rebuild(List<Step> trail, Consumer<JsonBuilder> leaf) {
        JsonBuilder b = new JsonBuilder();
        rebuild(trail, 0, leaf, b);
        return b.toValue();
    }

    private static void rebuild(List<Step> trail, int at, Consumer<JsonBuilder> leaf, JsonBuilder b) {
        if (at == trail.size()) {
            leaf.accept(b);
            return;
        }
        JsonValue container = trail.get(at).container();
        boolean isObject = container.isObject();
        if (isObject) {
            b.beginObject();
        } else {
            b.beginArray();
        }
        for (int i = 0; i < container.size(); i++) {
            if (isObject) {
                int from = container.keyStart(i);
                b.key(container.array(), from, container.keyStart(i + 1) - from);
            }
            if (i == trail.get(at).index()) {
                rebuild(trail, at + 1, leaf, b);
            } else {
                b.add(container.element(i));
            }
        }
        b.end();
    }
}
