package io.qomo.store.txn.remote;

import io.qomo.store.txn.Counters;

/// Counters that are kept where the group is led. A value whose answer was lost is never handed out.
final class RoutedCounters implements Counters {
    private final GroupRouter router;

    RoutedCounters(GroupRouter router) {
        this.router = router;
    }

    @Override
    public long next(long counterId, long count, long increment, long offset) {
        return router.ask(
                l -> l.counters().next(counterId, count, increment, offset),
                Operation.COUNTER_NEXT,
                out -> out.fixed(counterId).fixed(count).fixed(increment).fixed(offset),
                WireReader::fixed);
    }

    @Override
    public void raise(long counterId, long used) {
        router.ask(
                l -> {
                    l.counters().raise(counterId, used);
                    return 0L;
                },
                Operation.COUNTER_RAISE,
                out -> out.fixed(counterId).fixed(used),
                in -> 0L);
    }

    @Override
    public void reset(long counterId, long next) {
        router.ask(
                l -> {
                    l.counters().reset(counterId, next);
                    return 0L;
                },
                Operation.COUNTER_RESET,
                out -> out.fixed(counterId).fixed(next),
                in -> 0L);
    }

    @Override
    public long peek(long counterId) {
        return router.ask(
                l -> l.counters().peek(counterId),
                Operation.COUNTER_PEEK,
                out -> out.fixed(counterId),
                WireReader::fixed);
    }

    @Override
    public void remove(long counterId) {
        router.ask(
                l -> {
                    l.counters().remove(counterId);
                    return 0L;
                },
                Operation.COUNTER_REMOVE,
                out -> out.fixed(counterId),
                in -> 0L);
    }
}
