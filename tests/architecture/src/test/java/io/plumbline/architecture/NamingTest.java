package io.plumbline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NamingTest {

    private static final Pattern SAYS_NOTHING =
            Pattern.compile("(Utils?|Helper|Manager|Impl|Base|Abstract|Common|Info|Data|Dto|Processor)(?=[A-Z.]|$)");

    @Test
    void aMainClassIsNamedAfterWhatItDoes() {
        var offenders = new ArrayList<String>();
        for (var file : Product.mainSources()) {
            var name = simpleName(file);
            if (SAYS_NOTHING.matcher(name).find() && !isStreamsProcessor(file, name)) {
                offenders.add(file.toString());
            }
        }
        assertThat(offenders)
                .as("names that say nothing: say what the class does")
                .isEmpty();
    }

    @Test
    void thereIsNoPackageForThingsNobodyOwns() {
        assertThat(Product.mainSources())
                .as("packages named util, utils, helper, common or misc become dependency magnets")
                .noneMatch(file -> Pattern.compile("/(util|utils|helper|helpers|common|misc)/")
                        .matcher(file.toString())
                        .find());
    }

    @Test
    void everyPackageTellsItsStoryAndIsNullMarked() {
        var packages =
                Product.mainSources().stream().map(Path::getParent).distinct().toList();
        var silent = packages.stream().filter(folder -> !tellsItsStory(folder)).toList();
        assertThat(silent)
                .as("packages without a documented @NullMarked package-info.java")
                .isEmpty();
    }

    private static boolean tellsItsStory(Path folder) {
        var file = folder.resolve("package-info.java");
        if (!file.toFile().exists()) {
            return false;
        }
        var text = String.join("\n", Product.lines(file));
        return text.contains("@NullMarked") && text.contains("/**");
    }

    private static boolean isStreamsProcessor(Path file, String name) {
        List<String> lines = Product.lines(file);
        return name.endsWith("Processor")
                && lines.stream().anyMatch(line -> line.contains("org.apache.kafka.streams.processor.api."));
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
