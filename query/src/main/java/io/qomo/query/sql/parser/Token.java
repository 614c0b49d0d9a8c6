package io.qomo.query.sql.parser;

/// Kinds of tokens. They are numbers, not an enum, so that the parser switches over one int without indirection.
///
/// Order: end and errors, literals and names, symbols, [Reserved] words, [Unreserved] words, and last the names of
/// built-in functions that are keywords only directly in front of `(`.
interface Token extends Reserved, Unreserved {
    int EOF = 0;
    int ERROR = 1;
    int IDENT = 2;
    int QUOTED_IDENT = 3;
    int STRING = 4;
    int NATIONAL_STRING = 5;
    int HEX = 6;
    int BIT = 7;
    int INTEGER = 8;
    int DECIMAL = 9;
    int FLOAT = 10;
    int PARAMETER = 11;
    /// A bare `@`.
    int AT = 12;
    /// `@name`.
    int AT_WORD = 13;
    int AT_AT = 14;
    int LEFT_PAREN = 15;
    int RIGHT_PAREN = 16;
    int LEFT_BRACE = 17;
    int RIGHT_BRACE = 18;
    int COMMA = 19;
    int SEMICOLON = 20;
    int DOT = 21;
    int COLON = 22;
    int ASSIGN = 23;
    int EQUAL = 24;
    int NULL_SAFE_EQUAL = 25;
    int NOT_EQUAL = 26;
    int LESS = 27;
    int LESS_OR_EQUAL = 28;
    int GREATER = 29;
    int GREATER_OR_EQUAL = 30;
    int PLUS = 31;
    int MINUS = 32;
    int STAR = 33;
    int SLASH = 34;
    int PERCENT = 35;
    int CARET = 36;
    int TILDE = 37;
    int BANG = 38;
    int AMPERSAND = 39;
    int PIPE = 40;
    int AND_AND = 41;
    int OR_OR = 42;
    /// `||` under PIPES_AS_CONCAT.
    int CONCAT = 43;
    int SHIFT_LEFT = 44;
    int SHIFT_RIGHT = 45;
    int ARROW = 46;
    int ARROW_TEXT = 47;

    /// Names of functions in [#FUNCTION_WORDS], in that order.
    int FIRST_FUNCTION = 1000;

    int ADDDATE = 1000;
    int BIT_AND = 1001;
    int BIT_OR = 1002;
    int BIT_XOR = 1003;
    int CAST = 1004;
    int COUNT = 1005;
    int CURDATE = 1006;
    int CURTIME = 1007;
    int DATE_ADD = 1008;
    int DATE_SUB = 1009;
    int EXTRACT = 1010;
    int GROUP_CONCAT = 1011;
    int JSON_ARRAYAGG = 1012;
    int JSON_OBJECTAGG = 1013;
    int MAX = 1014;
    int MID = 1015;
    int MIN = 1016;
    int NOW = 1017;
    int POSITION = 1018;
    int SESSION_USER = 1019;
    int STD = 1020;
    int STDDEV = 1021;
    int STDDEV_POP = 1022;
    int STDDEV_SAMP = 1023;
    int ST_COLLECT = 1024;
    int SUBDATE = 1025;
    int SUBSTR = 1026;
    int SUBSTRING = 1027;
    int SUM = 1028;
    int SYSDATE = 1029;
    int SYSTEM_USER = 1030;
    int TRIM = 1031;
    int VARIANCE = 1032;
    int VAR_POP = 1033;
    int VAR_SAMP = 1034;

    String FUNCTION_WORDS = """
            ADDDATE BIT_AND BIT_OR BIT_XOR CAST COUNT CURDATE CURTIME DATE_ADD DATE_SUB EXTRACT GROUP_CONCAT \
            JSON_ARRAYAGG JSON_OBJECTAGG MAX MID MIN NOW POSITION SESSION_USER STD STDDEV STDDEV_POP STDDEV_SAMP \
            ST_COLLECT SUBDATE SUBSTR SUBSTRING SUM SYSDATE SYSTEM_USER TRIM VARIANCE VAR_POP VAR_SAMP""";

    /// True of names and of every word.
    static boolean isWord(int kind) {
        return kind == IDENT || kind == QUOTED_IDENT || kind >= Reserved.FIRST_RESERVED;
    }

    /// True of what can name something: a plain or quoted name, or an unreserved word.
    static boolean isIdentifier(int kind) {
        return kind == IDENT || kind == QUOTED_IDENT || kind >= Unreserved.FIRST_UNRESERVED && kind < FIRST_FUNCTION;
    }
}
