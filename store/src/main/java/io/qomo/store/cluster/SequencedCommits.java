package io.qomo.store.cluster;

import io.qomo.store.replica.mvcc.ChangedKeys;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A replicator's memory of recent commits, for callers outside of its sequencing step. Thread-safe: each call is a
/// step of its own under the sequencer.
public final class SequencedCommits {
    private final ReentrantLock sequencer;
    private final RecentCommits recent;

    /// The memory `recent`, which `sequencer` guards.
    public SequencedCommits(ReentrantLock sequencer, RecentCommits recent) {
        this.sequencer = sequencer;
        this.recent = recent;
    }

    /// Remembers all commits after the present snapshot until [#endWatch].
    public RecentCommits.Watch watch() {
        sequencer.lock();
        try {
            return recent.watch();
        } finally {
            sequencer.unlock();
        }
    }

    /// Ends a watch.
    public void endWatch(RecentCommits.Watch watch) {
        sequencer.lock();
        try {
            recent.end(watch);
        } finally {
            sequencer.unlock();
        }
    }

    /// Collects the keys of `[from, toExclusive)` that commits after the present snapshot write, in at most
    /// `maxBytes` of memory, until [#endCapture].
    public ChangedKeys capture(byte[] from, byte[] toExclusive, long maxBytes) {
        sequencer.lock();
        try {
            return recent.capture(from, toExclusive, maxBytes);
        } finally {
            sequencer.unlock();
        }
    }

    /// Ends a capture.
    public void endCapture(ChangedKeys capture) {
        sequencer.lock();
        try {
            recent.endCapture(capture);
        } finally {
            sequencer.unlock();
        }
    }

    /// All commits after `timestamp`, applied or on their way, oldest first. The caller watches since before
    /// `timestamp`; throws `DEADLOCK` when it has done so for longer than memory allows.
    public List<RecentCommits.Entry> after(long timestamp) {
        sequencer.lock();
        try {
            return recent.after(timestamp);
        } finally {
            sequencer.unlock();
        }
    }

    /// Some recent commits, among them all that are on their way.
    public List<RecentCommits.Entry> remembered() {
        sequencer.lock();
        try {
            return recent.remembered();
        } finally {
            sequencer.unlock();
        }
    }
}
