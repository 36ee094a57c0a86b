import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks every Java source of the tree against google-java-format, or rewrites it. A program of its own because the
 * formatter needs the JDK that the sources are written for, and Maven may run on an older one.
 */
public class Format {
  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("apply");
    List<Path> differing = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      String formatted = format(source, text);
      if (!formatted.equals(text)) {
        differing.add(source);
        if (apply) {
          Files.writeString(source, formatted);
        }
      }
    }
    differing.forEach(source -> System.out.println((apply ? "formatted " : "not formatted: ") + source));
    if (!apply && !differing.isEmpty()) {
      System.out.println("Run: mvn -N validate -Dformat=apply");
      System.exit(1);
    }
  }

  private static List<Path> sources() throws Exception {
    try (var files = Files.walk(Path.of("."))) {
      return files
          .filter(file -> file.toString().endsWith(".java") && file.toString().contains("/src/"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }

  private static String format(Path source, String text) {
    try {
      Formatter formatter = new Formatter(JavaFormatterOptions.builder().style(Style.GOOGLE).build());
      String tidy = RemoveUnusedImports.removeUnusedImports(text);
      return formatter.formatSource(ImportOrderer.reorderImports(tidy, Style.GOOGLE));
    } catch (Exception e) {
      throw new IllegalStateException(source + ": " + e.getMessage(), e);
    }
  }
}
