/// Tests of the byte formats.
@NullMarked
package io.qomo.base.codec;

import org.jspecify.annotations.NullMarked;
