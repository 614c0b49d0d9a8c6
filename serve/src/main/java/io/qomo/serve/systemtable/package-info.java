/// information_schema, performance_schema, mysql and sys: tables whose rows are made from what the server knows when
/// they are asked for.
///
/// Entry type: [io.qomo.serve.systemtable.SystemTables]. A table is a [io.qomo.serve.systemtable.SystemTableSpec]: its
/// columns and a method that adds rows; specs of one topic stand together in a file. What tables ask of a session is
/// [io.qomo.serve.systemtable.SystemSession], of the server [io.qomo.serve.systemtable.ServerFacts]. Rows a session may
/// not see are left out here.
@NullMarked
package io.qomo.serve.systemtable;

import org.jspecify.annotations.NullMarked;
