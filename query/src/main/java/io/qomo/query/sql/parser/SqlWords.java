package io.qomo.query.sql.parser;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The words the grammar gives a meaning to: what information_schema.KEYWORDS lists.
public final class SqlWords {
    private static final SortedMap<String, Boolean> ALL = collect();

    private SqlWords() {}

    /// Every word in upper case, and whether it is reserved.
    public static Map<String, Boolean> all() {
        return ALL;
    }

    private static SortedMap<String, Boolean> collect() {
        SortedMap<String, Boolean> words = new TreeMap<>();
        for (String word : Unreserved.WORDS.split(" ", -1)) {
            words.put(word, false);
        }
        for (String word : Reserved.WORDS.split(" ", -1)) {
            words.put(word, true);
        }
        return Collections.unmodifiableSortedMap(words);
    }
}
