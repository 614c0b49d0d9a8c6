package io.qomo.query.optimize;

import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.logical.ColumnAllocator;

/// What rules may use.
///
/// @param ids for new columns
/// @param bind for expressions a rule makes or folds
/// @param cardinality what is known of tables
record RuleContext(ColumnAllocator ids, BindContext bind, Cardinality cardinality) {}
