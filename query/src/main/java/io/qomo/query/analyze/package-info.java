/// From syntax trees to typed logical plans: names, scopes, views, grouping, windows, and the statements that write.
///
/// Entry types: [io.qomo.query.analyze.Analyzer] for statements, [io.qomo.query.analyze.TableBinder] for the
/// expressions of a table, [io.qomo.query.analyze.ExpressionBinder] for expressions that stand alone.
///
/// The way of a query block: FROM gives a plan and a [io.qomo.query.analyze.Scope] of relations; expressions are bound
/// over it while aggregates and window functions are set aside in the [io.qomo.query.analyze.Block], each under a
/// column id of its own; when all are bound, the block is grouped if it must be, and what stood above the grouping is
/// rewritten over its output. A column of an enclosing query is an ordinary column that the inner plan leaves free.
///
/// Typing belongs to the functions: this package resolves names and hands over bound arguments. Nothing is made faster
/// here; that is the optimizer's part.
@NullMarked
package io.qomo.query.analyze;

import org.jspecify.annotations.NullMarked;
