/// The parser's tests double as its description: read CorpusTest, then the topics.
@NullMarked
package io.qomo.query.sql.parser;

import org.jspecify.annotations.NullMarked;
