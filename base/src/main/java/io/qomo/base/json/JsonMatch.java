package io.qomo.base.json;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.LikePattern;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Searching documents: JSON_CONTAINS(), JSON_OVERLAPS(), MEMBER OF(), JSON_SEARCH(), JSON_KEYS().
///
/// Source: MySQL 8.0 manual, "Functions That Search JSON Values".
public final class JsonMatch {
    private JsonMatch() {}

    /// True if a candidate lies within a target: a scalar in an equal one or an array that contains it, an
    /// array's every element in the target array, an object's every member in a member of the same key.
    public static boolean contains(JsonValue target, JsonValue candidate) {
        if (target.isArray()) {
            if (!candidate.isArray()) {
                return isInSomeElement(target, candidate);
            }
            for (int i = 0; i < candidate.size(); i++) {
                if (!isInSomeElement(target, candidate.element(i))) {
                    return false;
                }
            }
            return true;
        }
        if (target.isObject()) {
            return candidate.isObject() && containsMembers(target, candidate);
        }
        return JsonOrder.compare(target, candidate) == 0;
    }

    private static boolean isInSomeElement(JsonValue array, JsonValue candidate) {
        for (int i = 0; i < array.size(); i++) {
            if (contains(array.element(i), candidate)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsMembers(JsonValue target, JsonValue candidate) {
        for (int i = 0; i < candidate.size(); i++) {
            JsonValue member = target.member(candidate.key(i));
            if (member == null || !contains(member, candidate.element(i))) {
                return false;
            }
        }
        return true;
    }

    /// True if two values have something in common: arrays an element, objects a member with its value; a
    /// scalar counts as an array of itself.
    public static boolean overlaps(JsonValue a, JsonValue b) {
        if (a.isArray() || b.isArray()) {
            JsonValue array = a.isArray() ? a : b;
            JsonValue other = a.isArray() ? b : a;
            if (!other.isArray()) {
                return isElement(other, array);
            }
            for (int i = 0; i < other.size(); i++) {
                if (isElement(other.element(i), array)) {
                    return true;
                }
            }
            return false;
        }
        if (a.isObject() && b.isObject()) {
            for (int i = 0; i < a.size(); i++) {
                JsonValue member = b.member(a.key(i));
                if (member != null && JsonOrder.compare(member, a.element(i)) == 0) {
                    return true;
                }
            }
            return false;
        }
        return JsonOrder.compare(a, b) == 0;
    }

    /// True if a value equals an element of an array, or equals what is no array.
    public static boolean isElement(JsonValue value, JsonValue array) {
        if (!array.isArray()) {
            return JsonOrder.compare(value, array) == 0;
        }
        for (int i = 0; i < array.size(); i++) {
            if (JsonOrder.compare(value, array.element(i)) == 0) {
                return true;
            }
        }
        return false;
    }

    /// The keys of an object as an array of strings; null for anything else.
    public static @Nullable JsonValue keys(JsonValue value) {
        if (!value.isObject()) {
            return null;
        }
        JsonBuilder b = new JsonBuilder();
        b.beginArray();
        for (int i = 0; i < value.size(); i++) {
            int from = value.keyStart(i);
            b.add(value.array(), from, value.keyStart(i + 1) - from);
        }
        return b.end().toValue();
    }

    /// The paths of the strings that match a pattern, within what `paths` lead to (everything, if there are
    /// none): one as a string, several as an array, null if there is none. Unless `isAll`, the first of the
    /// document only.
    public static @Nullable JsonValue search(
            JsonValue document, boolean isAll, LikePattern pattern, List<JsonPath> paths) {
        Set<Integer> roots = new HashSet<>();
        for (JsonPath path : paths) {
            for (JsonValue value : path.find(document)) {
                roots.add(value.position());
            }
        }
        JsonBuilder found = new JsonBuilder();
        found.beginArray();
        Search search = new Search(pattern, roots, isAll, found);
        search.path.put('$');
        search.visit(document, paths.isEmpty());
        JsonValue all = found.end().toValue();
        return all.size() == 0
                ? null
                : all.size() == 1 ? JsonValue.of(all.element(0).toDocument()) : all;
    }

    private static final class Search {
        private final LikePattern pattern;
        private final Set<Integer> roots;
        private final boolean isAll;
        private final JsonBuilder found;
        private final ByteBuilder path = new ByteBuilder();
        private boolean isDone;

        Search(LikePattern pattern, Set<Integer> roots, boolean isAll, JsonBuilder found) {
            this.pattern = pattern;
            this.roots = roots;
            this.isAll = isAll;
            this.found = found;
        }

        void visit(JsonValue value, boolean isInside) {
            boolean inside = isInside || roots.contains(value.position());
            if (value.isString()) {
                if (inside && pattern.matches(value.array(), value.payloadOffset(), value.payloadLength())) {
                    found.add(path.array(), 0, path.length());
                    isDone = !isAll;
                }
                return;
            }
            if (!value.type().isContainer()) {
                return;
            }
            int length = path.length();
            for (int i = 0; i < value.size() && !isDone; i++) {
                if (value.isArray()) {
                    path.put('[').putNumber(i).put(']');
                } else {
                    int from = value.keyStart(i);
                    JsonPath.appendMember(value.array(), from, value.keyStart(i + 1) - from, path);
                }
                visit(value.element(i), inside);
                path.setLength(length);
            }
        }
    }
}
