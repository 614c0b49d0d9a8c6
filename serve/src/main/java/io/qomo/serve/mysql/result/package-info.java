/// Result sets on the wire: column definitions, and rows of vectors in the text and the binary format.
/// Knows no sockets.
///
/// Entry types: [io.qomo.serve.mysql.result.RowEncoder] and [io.qomo.serve.mysql.result.ColumnDefinitions].
/// Source: MySQL manual, "Client/Server Protocol", text and binary protocol result sets.
@NullMarked
package io.qomo.serve.mysql.result;

import org.jspecify.annotations.NullMarked;
