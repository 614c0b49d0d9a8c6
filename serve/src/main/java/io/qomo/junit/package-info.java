/// A JUnit extension that gives each test an empty database.
///
/// Entry type: [io.qomo.junit.QomoExtension]. Needs junit-jupiter-api on the test's class path.
@NullMarked
package io.qomo.junit;

import org.jspecify.annotations.NullMarked;
