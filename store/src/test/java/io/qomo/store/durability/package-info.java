/// Tests that break things: processes, files, disks.
@NullMarked
package io.qomo.store.durability;

import org.jspecify.annotations.NullMarked;
