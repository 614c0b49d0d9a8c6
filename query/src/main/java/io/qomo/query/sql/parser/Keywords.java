package io.qomo.query.sql.parser;

/// Finds the kind of a word: open addressing over a hash that the lexer computes while it reads, so no string is made.
final class Keywords {
    private static final int SLOTS = 4096;
    private static final String[] TEXTS = new String[SLOTS];
    private static final int[] HASHES = new int[SLOTS];
    private static final int[] KINDS = new int[SLOTS];

    static {
        addAll(Reserved.WORDS, Reserved.FIRST_RESERVED);
        addAll(Unreserved.WORDS, Unreserved.FIRST_UNRESERVED);
        addAll(Token.FUNCTION_WORDS, Token.FIRST_FUNCTION);
    }

    private Keywords() {}

    private static void addAll(String words, int first) {
        int kind = first;
        for (String word : words.split(" ", -1)) {
            int hash = 0;
            for (int i = 0; i < word.length(); i++) {
                hash = hash(hash, word.charAt(i));
            }
            int slot = slot(hash);
            while (KINDS[slot] != 0) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            TEXTS[slot] = word;
            HASHES[slot] = hash;
            KINDS[slot] = kind;
            kind++;
        }
    }

    /// Adds a character to a word's hash; letters count the same in both cases.
    static int hash(int hash, char c) {
        return hash * 31 + (c & 0xDF);
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 12) & (SLOTS - 1);
    }

    /// The kind of the word at `[start, end)` with its hash, [Token#IDENT] when it is no keyword.
    static int find(String sql, int start, int end, int hash) {
        int slot = slot(hash);
        while (KINDS[slot] != 0) {
            if (HASHES[slot] == hash && isSame(TEXTS[slot], sql, start, end)) {
                return KINDS[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return Token.IDENT;
    }

    private static boolean isSame(String word, String sql, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = sql.charAt(start + i);
            char upper = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
            if (upper != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
