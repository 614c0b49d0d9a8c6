package io.qomo.base.json;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the text of a path into its legs; see [JsonPath].
final class JsonPathParser {
    private final byte[] text;
    private final int start;
    private final int end;
    private int at;

    JsonPathParser(byte[] text, int offset, int length) {
        this.text = text;
        this.start = offset;
        this.at = offset;
        this.end = offset + length;
    }

    List<JsonPath.Leg> parse() {
        List<JsonPath.Leg> legs = new ArrayList<>();
        skipSpace();
        if (!accept("$")) {
            throw wrong();
        }
        skipSpace();
        while (at < end) {
            legs.add(parseLeg());
            skipSpace();
        }
        if (!legs.isEmpty() && legs.getLast() instanceof JsonPath.Leg.AnyDepth) {
            throw wrong();
        }
        return legs;
    }

    private SqlException wrong() {
        return new SqlException(ErrorCode.INVALID_JSON_PATH, Math.max(at - start, 1));
    }

    private void skipSpace() {
        while (at < end && (text[at] == ' ' || (text[at] >= 9 && text[at] <= 13))) {
            at++;
        }
    }

    private boolean accept(String token) {
        if (end - at < token.length()) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (text[at + i] != token.charAt(i)) {
                return false;
            }
        }
        at += token.length();
        return true;
    }

    private JsonPath.Leg parseLeg() {
        if (accept("**")) {
            if (at < end && text[at] == '*') {
                throw wrong();
            }
            return new JsonPath.Leg.AnyDepth();
        }
        if (accept(".")) {
            skipSpace();
            return parseMember();
        }
        if (accept("[")) {
            skipSpace();
            JsonPath.Leg leg = parseCells();
            skipSpace();
            if (!accept("]")) {
                throw wrong();
            }
            return leg;
        }
        throw wrong();
    }

    private JsonPath.Leg parseMember() {
        if (accept("*")) {
            return new JsonPath.Leg.AnyMember();
        }
        if (at < end && text[at] == '"') {
            return new JsonPath.Leg.Member(parseQuoted());
        }
        int from = at;
        while (at < end) {
            int c = Utf8.codePointAt(text, at, end);
            if (!(at == from ? JsonPath.isIdentifierStart(c) : JsonPath.isIdentifierPart(c))) {
                break;
            }
            at += Utf8.charLength(text, at, end);
        }
        if (at == from) {
            throw wrong();
        }
        return new JsonPath.Leg.Member(Arrays.copyOfRange(text, from, at));
    }

    /// A name in quotation marks is a JSON string.
    private byte[] parseQuoted() {
        int from = at;
        at++;
        while (at < end && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        if (at >= end) {
            at = end;
            throw wrong();
        }
        at++;
        byte[] document = new JsonParser().parse(text, from, at - from);
        if (document == null) {
            throw wrong();
        }
        return JsonValue.of(document).payload();
    }

    private JsonPath.Leg parseCells() {
        if (accept("*")) {
            return new JsonPath.Leg.AnyCell();
        }
        JsonPath.Leg.Cell first = parseIndex();
        int behind = at;
        skipSpace();
        if (at == behind || !accept("to")) {
            return first;
        }
        behind = at;
        skipSpace();
        if (at == behind) {
            throw wrong();
        }
        JsonPath.Leg.Cell last = parseIndex();
        boolean isEmpty = first.isFromEnd() == last.isFromEnd()
                && (first.isFromEnd() ? first.index() < last.index() : first.index() > last.index());
        if (isEmpty) {
            throw wrong();
        }
        return new JsonPath.Leg.Range(first, last);
    }

    private JsonPath.Leg.Cell parseIndex() {
        if (!accept("last")) {
            return new JsonPath.Leg.Cell(parseNumber(), false);
        }
        int behind = at;
        skipSpace();
        if (!accept("-")) {
            at = behind;
            return new JsonPath.Leg.Cell(0, true);
        }
        skipSpace();
        return new JsonPath.Leg.Cell(parseNumber(), true);
    }

    private int parseNumber() {
        int from = at;
        long value = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at] - '0';
            if (value > 0xFFFF_FFFFL) {
                throw wrong();
            }
            at++;
        }
        if (at == from) {
            throw wrong();
        }
        return (int) Math.min(value, Integer.MAX_VALUE - 1);
    }
}
