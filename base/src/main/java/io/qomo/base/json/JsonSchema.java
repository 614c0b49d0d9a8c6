package io.qomo.base.json;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Checks documents against a JSON Schema, draft 4. Belongs to one thread.
///
/// References lead within the schema only (`#/definitions/…`); others are error NOT_SUPPORTED_YET. Keywords
/// that are not of the draft, or whose value has the wrong type, ask nothing. Source: draft-zyp-json-schema-04,
/// draft-fge-json-schema-validation-00; MySQL 8.0 manual, "JSON Schema Validation Functions".
public final class JsonSchema {
    private static final int MAX_DEPTH = 300;
    private static final int MAX_PATTERN_STEPS = 5_000_000;

    private final JsonValue root;
    private final Map<String, Pattern> patterns = new HashMap<>();
    private int depth;

    /// What a document fails.
    ///
    /// @param schemaLocation of the schema that asks, as `#/properties/a`
    /// @param documentLocation of the value that fails, as `#/a`
    /// @param keyword what it fails
    public record Failure(String schemaLocation, String documentLocation, String keyword) {}

    /// A schema; an object.
    public JsonSchema(JsonValue root) {
        this.root = root;
    }

    /// What a document fails first, null if it is valid.
    public @Nullable Failure validate(JsonValue document) {
        depth = 0;
        return check(root, "#", document, "#");
    }

    private @Nullable Failure check(JsonValue schema, String at, JsonValue value, String place) {
        if (!schema.isObject()) {
            return null;
        }
        depth++;
        if (depth > MAX_DEPTH) {
            throw new SqlException(ErrorCode.JSON_DOCUMENT_TOO_DEEP);
        }
        try {
            JsonValue reference = member(schema, "$ref");
            if (reference != null && reference.isString()) {
                String target = reference.text();
                return check(resolve(target), target, value, place);
            }
            Failure failure = checkAny(schema, at, value, place);
            if (failure == null) {
                failure = checkCombined(schema, at, value, place);
            }
            if (failure != null) {
                return failure;
            }
            return switch (value.type()) {
                case OBJECT -> checkObject(schema, at, value, place);
                case ARRAY -> checkArray(schema, at, value, place);
                case STRING -> checkString(schema, at, value, place);
                case INTEGER, UNSIGNED, DOUBLE, DECIMAL -> checkNumber(schema, at, value, place);
                case NULL, BOOLEAN, DATE, TIME, DATETIME, OPAQUE -> null;
            };
        } finally {
            depth--;
        }
    }

    private static @Nullable JsonValue member(JsonValue object, String key) {
        return object.member(key.getBytes(StandardCharsets.UTF_8));
    }

    /// Follows a reference, a JSON pointer within the schema.
    private JsonValue resolve(String reference) {
        if (!reference.startsWith("#")) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "references to other documents in JSON Schema");
        }
        JsonValue found = root;
        String[] parts = reference.substring(1).split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].replace("~1", "/").replace("~0", "~");
            JsonValue next = null;
            if (found.isObject()) {
                next = member(found, part);
            } else if (found.isArray() && part.matches("\\d{1,9}") && Integer.parseInt(part) < found.size()) {
                next = found.element(Integer.parseInt(part));
            }
            if (next == null) {
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "the JSON Schema reference '" + reference + "'");
            }
            found = next;
        }
        return found;
    }

    private static @Nullable Failure checkAny(JsonValue schema, String at, JsonValue value, String place) {
        JsonValue type = member(schema, "type");
        if (type != null) {
            boolean matches = type.isString() && isOfType(value, type.text());
            for (int i = 0; type.isArray() && i < type.size() && !matches; i++) {
                matches = type.element(i).isString()
                        && isOfType(value, type.element(i).text());
            }
            if (!matches) {
                return new Failure(at, place, "type");
            }
        }
        JsonValue allowed = member(schema, "enum");
        if (allowed != null && allowed.isArray() && !JsonMatch.isElement(value, allowed)) {
            return new Failure(at, place, "enum");
        }
        return null;
    }

    private static boolean isOfType(JsonValue value, String type) {
        return switch (type) {
            case "null" -> value.isNull();
            case "boolean" -> value.type() == JsonType.BOOLEAN;
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "number" -> value.type().isNumber();
            case "integer" -> value.type() == JsonType.INTEGER || value.type() == JsonType.UNSIGNED;
            default -> false;
        };
    }

    private @Nullable Failure checkCombined(JsonValue schema, String at, JsonValue value, String place) {
        JsonValue all = member(schema, "allOf");
        if (all != null && all.isArray() && matching(all, at + "/allOf", value, place) < all.size()) {
            return new Failure(at, place, "allOf");
        }
        JsonValue any = member(schema, "anyOf");
        if (any != null && any.isArray() && matching(any, at + "/anyOf", value, place) == 0) {
            return new Failure(at, place, "anyOf");
        }
        JsonValue one = member(schema, "oneOf");
        if (one != null && one.isArray() && matching(one, at + "/oneOf", value, place) != 1) {
            return new Failure(at, place, "oneOf");
        }
        JsonValue not = member(schema, "not");
        if (not != null && not.isObject() && check(not, at + "/not", value, place) == null) {
            return new Failure(at, place, "not");
        }
        return null;
    }

    private int matching(JsonValue schemas, String at, JsonValue value, String place) {
        int matching = 0;
        for (int i = 0; i < schemas.size(); i++) {
            matching += check(schemas.element(i), at + "/" + i, value, place) == null ? 1 : 0;
        }
        return matching;
    }

    private @Nullable Failure checkObject(JsonValue schema, String at, JsonValue value, String place) {
        JsonValue required = member(schema, "required");
        for (int i = 0; required != null && required.isArray() && i < required.size(); i++) {
            JsonValue name = required.element(i);
            if (name.isString() && value.member(name.payload()) == null) {
                return new Failure(at, place, "required");
            }
        }
        if (exceeds(value.size(), member(schema, "maxProperties"))) {
            return new Failure(at, place, "maxProperties");
        }
        if (fallsShort(value.size(), member(schema, "minProperties"))) {
            return new Failure(at, place, "minProperties");
        }
        Failure failure = checkDependencies(schema, at, value, place);
        for (int i = 0; i < value.size() && failure == null; i++) {
            failure = checkMember(schema, at, value, i, place);
        }
        return failure;
    }

    private @Nullable Failure checkDependencies(JsonValue schema, String at, JsonValue value, String place) {
        JsonValue dependencies = member(schema, "dependencies");
        if (dependencies == null || !dependencies.isObject()) {
            return null;
        }
        for (int i = 0; i < dependencies.size(); i++) {
            JsonValue needed = dependencies.element(i);
            if (value.member(dependencies.key(i)) == null) {
                continue;
            }
            for (int k = 0; needed.isArray() && k < needed.size(); k++) {
                if (needed.element(k).isString()
                        && value.member(needed.element(k).payload()) == null) {
                    return new Failure(at, place, "dependencies");
                }
            }
            if (needed.isObject() && check(needed, at + "/dependencies", value, place) != null) {
                return new Failure(at, place, "dependencies");
            }
        }
        return null;
    }

    private @Nullable Failure checkMember(JsonValue schema, String at, JsonValue object, int index, String place) {
        byte[] key = object.key(index);
        String name = new String(key, StandardCharsets.UTF_8);
        JsonValue value = object.element(index);
        String below = place + "/" + name;
        boolean isKnown = false;
        JsonValue properties = member(schema, "properties");
        JsonValue own = properties != null && properties.isObject() ? properties.member(key) : null;
        if (own != null) {
            isKnown = true;
            Failure failure = check(own, at + "/properties/" + name, value, below);
            if (failure != null) {
                return failure;
            }
        }
        JsonValue byPattern = member(schema, "patternProperties");
        for (int i = 0; byPattern != null && byPattern.isObject() && i < byPattern.size(); i++) {
            String pattern = new String(byPattern.key(i), StandardCharsets.UTF_8);
            if (isFound(pattern, name)) {
                isKnown = true;
                Failure failure = check(byPattern.element(i), at + "/patternProperties/" + pattern, value, below);
                if (failure != null) {
                    return failure;
                }
            }
        }
        JsonValue additional = member(schema, "additionalProperties");
        if (isKnown || additional == null) {
            return null;
        }
        if (additional.isObject()) {
            return check(additional, at + "/additionalProperties", value, below);
        }
        return isFalse(additional) ? new Failure(at, place, "additionalProperties") : null;
    }

    private @Nullable Failure checkArray(JsonValue schema, String at, JsonValue value, String place) {
        if (exceeds(value.size(), member(schema, "maxItems"))) {
            return new Failure(at, place, "maxItems");
        }
        if (fallsShort(value.size(), member(schema, "minItems"))) {
            return new Failure(at, place, "minItems");
        }
        JsonValue unique = member(schema, "uniqueItems");
        if (isTrue(unique) && hasEqualElements(value)) {
            return new Failure(at, place, "uniqueItems");
        }
        JsonValue items = member(schema, "items");
        JsonValue additional = member(schema, "additionalItems");
        for (int i = 0; items != null && i < value.size(); i++) {
            String below = place + "/" + i;
            Failure failure = null;
            if (items.isObject()) {
                failure = check(items, at + "/items", value.element(i), below);
            } else if (items.isArray() && i < items.size()) {
                failure = check(items.element(i), at + "/items/" + i, value.element(i), below);
            } else if (items.isArray() && additional != null && additional.isObject()) {
                failure = check(additional, at + "/additionalItems", value.element(i), below);
            } else if (items.isArray() && isFalse(additional)) {
                failure = new Failure(at, place, "additionalItems");
            }
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private static boolean hasEqualElements(JsonValue array) {
        Map<Integer, java.util.List<JsonValue>> byHash = new HashMap<>();
        for (int i = 0; i < array.size(); i++) {
            JsonValue element = array.element(i);
            java.util.List<JsonValue> alike =
                    byHash.computeIfAbsent(JsonOrder.hash(element), _ -> new java.util.ArrayList<>());
            for (JsonValue other : alike) {
                if (JsonOrder.compare(element, other) == 0) {
                    return true;
                }
            }
            alike.add(element);
        }
        return false;
    }

    private @Nullable Failure checkString(JsonValue schema, String at, JsonValue value, String place) {
        String text = value.text();
        int length = text.codePointCount(0, text.length());
        if (exceeds(length, member(schema, "maxLength"))) {
            return new Failure(at, place, "maxLength");
        }
        if (fallsShort(length, member(schema, "minLength"))) {
            return new Failure(at, place, "minLength");
        }
        JsonValue pattern = member(schema, "pattern");
        return pattern != null && pattern.isString() && !isFound(pattern.text(), text)
                ? new Failure(at, place, "pattern")
                : null;
    }

    private static @Nullable Failure checkNumber(JsonValue schema, String at, JsonValue value, String place) {
        BigDecimal number = value.decimalValue();
        JsonValue least = member(schema, "minimum");
        if (least != null && least.type().isNumber()) {
            int order = number.compareTo(least.decimalValue());
            if (order < 0 || (order == 0 && isTrue(member(schema, "exclusiveMinimum")))) {
                return new Failure(at, place, "minimum");
            }
        }
        JsonValue most = member(schema, "maximum");
        if (most != null && most.type().isNumber()) {
            int order = number.compareTo(most.decimalValue());
            if (order > 0 || (order == 0 && isTrue(member(schema, "exclusiveMaximum")))) {
                return new Failure(at, place, "maximum");
            }
        }
        JsonValue factor = member(schema, "multipleOf");
        if (factor != null && factor.type().isNumber()) {
            BigDecimal divisor = factor.decimalValue();
            if (divisor.signum() > 0 && number.remainder(divisor).signum() != 0) {
                return new Failure(at, place, "multipleOf");
            }
        }
        return null;
    }

    private static boolean isTrue(@Nullable JsonValue value) {
        return value != null && value.type() == JsonType.BOOLEAN && value.booleanValue();
    }

    private static boolean isFalse(@Nullable JsonValue value) {
        return value != null && value.type() == JsonType.BOOLEAN && !value.booleanValue();
    }

    private static boolean exceeds(int count, @Nullable JsonValue limit) {
        return limit != null
                && limit.type().isNumber()
                && BigDecimal.valueOf(count).compareTo(limit.decimalValue()) > 0;
    }

    private static boolean fallsShort(int count, @Nullable JsonValue limit) {
        return limit != null
                && limit.type().isNumber()
                && BigDecimal.valueOf(count).compareTo(limit.decimalValue()) < 0;
    }

    /// True if a pattern matches somewhere in a text; what is no pattern matches everything.
    private boolean isFound(String pattern, String text) {
        Pattern compiled = patterns.get(pattern);
        if (compiled == null) {
            try {
                compiled = Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                return true;
            }
            patterns.put(pattern, compiled);
        }
        return compiled.matcher(new CountedText(text, new int[1])).find();
    }

    /// Text that can be looked at only so often: a pattern must not run for ever.
    private record CountedText(String text, int[] steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps[0]++;
            if (steps[0] > MAX_PATTERN_STEPS) {
                throw new SqlException(ErrorCode.REGEXP_TIME_OUT);
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.substring(start, end), steps);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
