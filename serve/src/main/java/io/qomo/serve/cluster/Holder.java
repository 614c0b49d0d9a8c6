package io.qomo.serve.cluster;

import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.store.txn.remote.Gateway;

/// A session of some node that holds strong locks.
record Holder(Gateway gateway, long session) {
    void write(RecordWriter out) {
        out.number(gateway.node()).number(gateway.incarnation()).number(session);
    }

    static Holder read(RecordReader in) {
        return new Holder(new Gateway(in.number(), in.number()), in.number());
    }
}
