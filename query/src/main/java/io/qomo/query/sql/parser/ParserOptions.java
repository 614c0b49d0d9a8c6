package io.qomo.query.sql.parser;

import io.qomo.base.type.Charset;

/// The parts of `sql_mode` and of the protocol that change how text is read.
///
/// @param ansiQuotes ANSI_QUOTES: `"x"` is an identifier
/// @param pipesAsConcat PIPES_AS_CONCAT: `||` joins strings
/// @param noBackslashEscapes NO_BACKSLASH_ESCAPES: a backslash in a string is itself
/// @param ignoreSpace IGNORE_SPACE: `COUNT (*)` is a call, and such names cannot be identifiers in front of `(`
/// @param highNotPrecedence HIGH_NOT_PRECEDENCE: NOT binds like `!`
/// @param realAsFloat REAL_AS_FLOAT: REAL is FLOAT
/// @param parameterMarkers whether `?` is a parameter: only in statements that are prepared
/// @param clientCharset the character set the text came in: strings with an introducer are its bytes
public record ParserOptions(
        boolean ansiQuotes,
        boolean pipesAsConcat,
        boolean noBackslashEscapes,
        boolean ignoreSpace,
        boolean highNotPrecedence,
        boolean realAsFloat,
        boolean parameterMarkers,
        Charset clientCharset) {
    /// No mode set, `?` allowed.
    public static final ParserOptions DEFAULT = new ParserOptions(false, false, false, false, false, false, true);

    /// For text that came in utf8mb4.
    public ParserOptions(
            boolean ansiQuotes,
            boolean pipesAsConcat,
            boolean noBackslashEscapes,
            boolean ignoreSpace,
            boolean highNotPrecedence,
            boolean realAsFloat,
            boolean parameterMarkers) {
        this(
                ansiQuotes,
                pipesAsConcat,
                noBackslashEscapes,
                ignoreSpace,
                highNotPrecedence,
                realAsFloat,
                parameterMarkers,
                Charset.UTF8MB4);
    }

    /// The same with or without `?`.
    public ParserOptions withParameterMarkers(boolean allowed) {
        return new ParserOptions(
                ansiQuotes,
                pipesAsConcat,
                noBackslashEscapes,
                ignoreSpace,
                highNotPrecedence,
                realAsFloat,
                allowed,
                clientCharset);
    }
}
