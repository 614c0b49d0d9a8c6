import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes base/src/main/resources/io/qomo/base/type/gbk.bin, the order of gbk_chinese_ci: the two-byte characters of GBK,
/// 2 bytes each (UTF-16BE); symbols and letters first, then the ideographs by their reading in pinyin.
///
/// The reading comes from CLDR by way of ICU4J 78.1. Against MariaDB 10.11, whose table is MySQL's, 4 of 100 ideographs
/// stand far from where they do there, mostly characters of several readings. Index keys on disk depend on the result.
///
///     java -cp icu4j-78.1.jar build/collation/GbkOrder.java base/src/main/resources/io/qomo/base/type/gbk.bin
class GbkOrder {
    record Entry(char character, boolean isIdeograph, byte[] key) {}

    public static void main(String[] args) throws Exception {
        RuleBasedCollator pinyin = (RuleBasedCollator) Collator.getInstance(new ULocale("zh@collation=pinyin"));
        Charset gbk = Charset.forName("GBK");
        List<Entry> entries = new ArrayList<>();
        for (int code = 0x8140; code <= 0xFEFE; code++) {
            String text = new String(new byte[] {(byte) (code >> 8), (byte) code}, gbk);
            if ((code & 0xFF) < 0x40 || text.length() != 1 || text.charAt(0) == 0xFFFD) {
                continue;
            }
            char c = text.charAt(0);
            boolean isIdeograph = Character.isIdeographic(c) && c >= 0x3400;
            byte[] key = pinyin.getCollationKey(text).toByteArray();
            entries.add(new Entry(c, isIdeograph, key));
        }
        entries.sort((a, b) -> {
            int order = Boolean.compare(a.isIdeograph, b.isIdeograph);
            order = order != 0 ? order : Arrays.compareUnsigned(a.key, b.key);
            return order != 0 ? order : Character.compare(a.character, b.character);
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            out.write(entry.character >> 8);
            out.write(entry.character);
        }
        Files.write(Path.of(args[0]), out.toByteArray());
        System.out.println(entries.size() + " characters");
    }
}
