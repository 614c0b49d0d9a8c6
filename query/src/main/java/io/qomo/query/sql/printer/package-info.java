/// From trees back to SQL text, in the canonical form MySQL keeps for views, defaults, CHECK and generated columns.
///
/// Entry type: [io.qomo.query.sql.printer.AstPrinter]. Names are in backquotes, operators in parentheses, words in
/// lower
/// case. What is printed parses (with the default options, whatever `sql_mode` is) to an equal tree. Nothing is
/// resolved
/// or renamed here: who wants qualified columns rewrites the tree first.
@NullMarked
package io.qomo.query.sql.printer;

import org.jspecify.annotations.NullMarked;
