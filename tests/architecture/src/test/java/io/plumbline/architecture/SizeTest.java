package io.plumbline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SizeTest {

    private static final int MAIN_MAX = 400;
    private static final int MAIN_MEDIAN = 80;
    private static final int MAIN_P90 = 220;
    private static final int TEST_MAX = 500;
    private static final int PACKAGE_MAX = 15;
    /** The messages are one vocabulary: splitting them by size would hide that. */
    private static final String VOCABULARY = "contract/message";

    @Test
    void noMainFileIsLongerThanOneCanKeepInMind() {
        assertThat(longerThan(Product.mainSources(), MAIN_MAX)).isEmpty();
    }

    @Test
    void noTestFileIsLongerThanOneCanKeepInMind() {
        assertThat(longerThan(Product.testSources(), TEST_MAX)).isEmpty();
    }

    @Test
    void mostMainFilesAreShort() {
        var sizes = Product.mainSources().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> Product.lines(file).size())
                .sorted()
                .toList();
        assertThat(sizes).isNotEmpty();
        assertThat(sizes.get(sizes.size() / 2))
                .as("median lines of a main file")
                .isLessThanOrEqualTo(MAIN_MEDIAN);
        assertThat(sizes.get(sizes.size() * 9 / 10))
                .as("p90 lines of a main file")
                .isLessThanOrEqualTo(MAIN_P90);
    }

    @Test
    void noPackageHoldsMoreFilesThanOneCanOverlook() {
        var crowded = Product.mainSources().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> file.getParent().toString())
                .filter(folder -> !folder.endsWith(VOCABULARY))
                .collect(Collectors.groupingBy(folder -> folder, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > PACKAGE_MAX)
                .toList();
        assertThat(crowded).isEmpty();
    }

    private static List<String> longerThan(List<Path> files, int max) {
        return files.stream()
                .filter(file -> Product.lines(file).size() > max)
                .map(file -> file + " has " + Product.lines(file).size() + " lines")
                .toList();
    }
}
