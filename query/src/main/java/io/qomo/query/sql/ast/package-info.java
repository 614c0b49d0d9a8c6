/// The syntax tree of a statement, as written: nothing is resolved, typed or folded here.
///
/// Entry type: [io.qomo.query.sql.ast.Statement]. Every node is a record, lists are immutable, absent parts
/// are null
/// (or
/// an empty list). Families are sealed, so a switch over them is exhaustive.
///
/// Positions: expressions, table references and query blocks carry a [io.qomo.query.sql.ast.Span], the
/// UTF-16 offsets
/// of
/// their text in the string given to the parser. Spans never take part in equality, so two trees are equal
/// when they
/// mean the same.
///
/// Identifiers are kept as written, without quotes; function names are in lower case. The parser has
/// already joined
/// adjacent string literals, turned the special forms of functions (`SUBSTRING(a FROM 2)`) into plain calls
/// where both
/// mean the same, and dropped parentheses. Name resolution, types and defaults belong to the analyzer.
@NullMarked
package io.qomo.query.sql.ast;

import org.jspecify.annotations.NullMarked;
