package io.qomo.serve.mysql;

import io.qomo.base.type.Charset;
import io.qomo.serve.mysql.result.ResultCharset;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.StatementStatus.StateChange;
import java.util.List;

/// The session state information of an OK packet.
///
/// ```
/// per change   1 byte   type: 0 system variable, 1 schema, 2 anything changed, 4 characteristics, 5 state of
/// transaction
///              lenenc   length of the rest
///              lenenc   name (type 0 only), lenenc value
/// ```
final class StateChanges {
    private static final int SYSTEM_VARIABLE = 0;

    private StateChanges() {}

    static WireBuffer encode(List<StateChange> changes) {
        WireBuffer all = new WireBuffer(128);
        WireBuffer one = new WireBuffer(64);
        for (StateChange change : changes) {
            one.truncate(0);
            if (change.type() == SYSTEM_VARIABLE) {
                ResultCharset.putLenenc(change.name(), Charset.UTF8MB4, one);
            }
            ResultCharset.putLenenc(change.value(), Charset.UTF8MB4, one);
            all.putByte(change.type());
            all.putLenencBytes(one.array(), 0, one.size());
        }
        return all;
    }
}
