package io.qomo.query.exec.context;

import io.qomo.base.env.Env;
import io.qomo.query.exec.layout.TableLayouts;
import io.qomo.query.exec.rows.TempSpace;
import io.qomo.store.txn.Counters;

/// What all statements of a node share.
///
/// @param binder gives tables their expressions
/// @param layouts how tables lie in the store
/// @param counters behind AUTO_INCREMENT and hidden row ids
/// @param temp temporary files
/// @param env clock and chance
public record Services(TableBinder binder, TableLayouts layouts, Counters counters, TempSpace temp, Env env) {}
