package io.qomo.query.exec.context;

import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.expr.SqlMode;
import io.qomo.store.txn.Transaction;
import java.util.List;

/// The surroundings of one execution of a statement.
///
/// @param transaction it runs in; its `startStatement` has been called
/// @param catalog the schema it was planned with
/// @param session facts functions may ask
/// @param systemSession handed to system tables
/// @param sqlMode sql_mode
/// @param timeZone time_zone
/// @param statementMicros NOW(): microseconds since 1970 UTC
/// @param parameters constant vectors of the types the plan was made for
/// @param memory the statement's account; closed by whoever made it
/// @param warnings where warnings go
/// @param interrupt the switch that stops it
public record Statement(
        Transaction transaction,
        Catalog catalog,
        SessionFacts session,
        Object systemSession,
        SqlMode sqlMode,
        TimeZoneRule timeZone,
        long statementMicros,
        List<Vector> parameters,
        MemoryAccount memory,
        WarningSink warnings,
        Interrupt interrupt) {}
