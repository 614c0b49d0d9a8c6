import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.TreeSet;

/// Writes what the JDK knows of time zones and countries as tab-separated files into the directory given: zones.tsv
/// (name, area, offset in January and July 2026 in minutes) and countries.tsv (code, name, currency, digits of the
/// currency, languages as a JSON array). Run with `java docs/tour/JdkData.java DIR`.
public final class JdkData {
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : ".");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(directory.resolve("zones.tsv")))) {
            for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
                if (name.contains("/") && !name.startsWith("Etc/") && !name.startsWith("SystemV/")) {
                    out.printf("%s\t%s\t%d\t%d%n", name, name.substring(0, name.indexOf('/')),
                            minutes(name, Month.JANUARY), minutes(name, Month.JULY));
                }
            }
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(directory.resolve("countries.tsv")))) {
            for (String code : new TreeSet<>(java.util.List.of(Locale.getISOCountries()))) {
                Locale country = Locale.of("", code);
                Currency currency = Currency.getInstance(country);
                out.printf("%s\t%s\t%s\t%s\t%s%n", code, country.getDisplayCountry(Locale.ENGLISH),
                        currency == null ? "\\N" : currency.getCurrencyCode(),
                        currency == null ? "\\N" : currency.getDefaultFractionDigits(), languages(code));
            }
        }
    }

    private static int minutes(String zone, Month month) {
        ZoneOffset offset = ZoneId.of(zone).getRules()
                .getOffset(LocalDate.of(2026, month, 1).atStartOfDay(ZoneOffset.UTC).toInstant());
        return offset.getTotalSeconds() / 60;
    }

    private static String languages(String country) {
        TreeSet<String> names = new TreeSet<>();
        for (Locale locale : Locale.getAvailableLocales()) {
            if (locale.getCountry().equals(country) && locale.getVariant().isEmpty()) {
                names.add("\"" + locale.getDisplayLanguage(Locale.ENGLISH) + "\"");
            }
        }
        return names.toString();
    }
}
