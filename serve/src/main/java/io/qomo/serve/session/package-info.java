/// The life of a statement: sessions, their state, transactions, and the dispatch of every kind of statement.
///
/// Entry type: [io.qomo.serve.session.Server], which implements [io.qomo.serve.session.api.SqlService]. A
/// [io.qomo.serve.session.ServerSession] decodes and parses the text, puts the statement into its transaction and under
/// its metadata locks, and hands it to the runner of its kind. No wire format is known here.
@NullMarked
package io.qomo.serve.session;

import org.jspecify.annotations.NullMarked;
