/// Tests of JSON documents.
@NullMarked
package io.qomo.base.json;

import org.jspecify.annotations.NullMarked;
