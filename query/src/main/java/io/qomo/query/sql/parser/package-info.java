/// From SQL text to trees: lexer and recursive-descent parser of MySQL 8.0's grammar.
///
/// Entry types: [io.qomo.query.sql.parser.SqlParser] (text to [io.qomo.query.sql.ast.Statement]),
/// [io.qomo.query.sql.parser.SqlDigest] (text to its normal form and its literals) and
/// [io.qomo.query.sql.parser.ParserOptions] (the parts of `sql_mode` that matter here).
///
/// How it hangs together: `Lexer` cuts tokens without allocating, their kinds are the numbers in `Token`; `TokenStream`
/// adds look-ahead, names, strings and errors; one parser per topic (`QueryParser`, `ExpressionParser`, `DmlParser`,
/// `DdlParser` ...) reads from the shared stream, and `Parsers` knows them all.
///
/// Invariants:
/// - Any text ends in a tree or in a SqlException: never another exception, never a stack overflow.
/// - A syntax error names the first token that no statement could have there, as MySQL does.
/// - Words without a meaning in the grammar are no keywords: `Reserved` is MySQL's list, `Unreserved` only what is
/// used.
///
/// What does not belong here: names are not resolved, types not checked, functions not known by name unless their
/// arguments have a grammar of their own.
@NullMarked
package io.qomo.query.sql.parser;

import org.jspecify.annotations.NullMarked;
