/// Tests of keys and certificates.
@NullMarked
package io.qomo.base.tls;

import org.jspecify.annotations.NullMarked;
