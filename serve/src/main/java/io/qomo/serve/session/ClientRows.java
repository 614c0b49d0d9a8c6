package io.qomo.serve.session;

import io.qomo.base.vector.Batch;

/// Rows that go to the client.
final class ClientRows implements QueryRunner.RowTarget {
    private final ServerSession session;
    private final StatementRun run;

    ClientRows(ServerSession session, StatementRun run) {
        this.session = session;
        this.run = run;
    }

    @Override
    public void begin(CachedPlan plan) {
        run.sink().columns(plan.columns());
    }

    @Override
    public boolean rows(Batch batch) {
        run.sink().rows(batch);
        session.interruption().check();
        return true;
    }
}
