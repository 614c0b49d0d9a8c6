/// How tables lie in the ordered store: keys and values of rows and of index entries.
///
/// ```
/// row            key    table prefix · index 0 · primary key parts
///                value  RowWriter's format: every stored column by id, but those the key gives back
/// unique entry   key    table prefix · index id · parts           (no part NULL)
///                value  the primary key parts of the row
/// other entry    key    table prefix · index id · parts · primary key parts
///                value  empty
/// ```
/// A *handle* is the whole key of a row. A part with a prefix length holds that many characters (bytes of
/// binary strings). Parts of strings whose collation does not compare bytes are sort keys: the row holds
/// the value.
///
/// Entry types: [io.qomo.query.exec.layout.TableLayout] (of [io.qomo.query.exec.layout.TableLayouts]),
/// [io.qomo.query.exec.layout.RowEncoder], [io.qomo.query.exec.layout.RowDecoder],
/// [io.qomo.query.exec.layout.EntryDecoder]. No transaction and no expression is known here.
@NullMarked
package io.qomo.query.exec.layout;

import org.jspecify.annotations.NullMarked;
