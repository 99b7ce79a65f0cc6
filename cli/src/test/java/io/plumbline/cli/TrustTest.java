package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.artifact.TrustedKeys.Floor;
import io.plumbline.contract.artifact.TrustedKeys.Revoked;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trust keys}, {@code revoke} and {@code floor}. */
class TrustTest {

    private static final Digest BUILD = Digest.of(new byte[] {1});
    private static final Instant FLOOR = Instant.parse("2026-02-01T00:00:00Z");

    private final TrustedKey first = TrustedKey.of(SignedBuild.newKey().getPublic());
    private final TrustedKey second = TrustedKey.of(SignedBuild.newKey().getPublic());

    @TempDir
    private Path folder;

    @Test
    void theKeysOfTheRegistryComeAndWhatWasTakenBackStaysTakenBack() throws Exception {
        // Given
        var file = folder.resolve("trust.json");
        var registry = new MemoryRegistry();
        registry.contents.put("/api/v1/trust", new TrustedKeys(List.of(first)).toJson());
        try (var server = new LocalServer(registry)) {
            var made = Tool.run("trust", "keys", file, "--registry", server.url());
            assertThat(made.out().lines()).containsExactly(file + " trusts 1 keys:", "  " + first.id());

            // When
            var revoked = Tool.run("trust", "revoke", file, BUILD, "--reason", "its labels were mixed up");
            var floor = Tool.run("trust", "floor", file, "m", FLOOR);
            var ending = new TrustedKey(first.key(), Optional.of(FLOOR));
            registry.contents.put("/api/v1/trust", new TrustedKeys(List.of(second, ending)).toJson());
            var rotated = Tool.run("trust", "keys", file, "--registry", server.url());

            // Then
            assertThat(revoked.out().strip()).isEqualTo(file + " revokes " + BUILD);
            assertThat(floor.out().strip())
                    .isEqualTo(file + " refuses builds of m that were made before 2026-02-01T00:00:00Z");
            assertThat(rotated.err()).isEmpty();
            assertThat(read(file))
                    .isEqualTo(new TrustedKeys(
                            List.of(second, ending),
                            List.of(new Revoked(BUILD, Optional.of("its labels were mixed up"))),
                            Map.of(new ModelName("m"), new Floor(FLOOR))));
            assertThat(folder).isDirectoryContaining("glob:**trust.json").isDirectoryNotContaining("glob:**.draft");
        }
    }

    @Test
    void keysThatAreNotTheRegistrysStay() throws Exception {
        // Given
        var file = file(new TrustedKeys(List.of(first)));
        var registry = new MemoryRegistry();
        registry.contents.put("/api/v1/trust", new TrustedKeys(List.of(second)).toJson());

        // When
        try (var server = new LocalServer(registry)) {
            Tool.run("trust", "keys", file, "--registry", server.url());
        }

        // Then
        assertThat(read(file).keys()).containsExactly(second, first);
    }

    @Test
    void whatWasTakenBackCanBeGivenAgain() throws Exception {
        // Given
        var file = file(new TrustedKeys(List.of(first)));
        Tool.run("trust", "revoke", file, BUILD);
        Tool.run("trust", "revoke", file, BUILD, "--reason", "because");
        assertThat(read(file).revoked()).containsExactly(new Revoked(BUILD, Optional.of("because")));
        Tool.run("trust", "floor", file, "m", FLOOR);

        // When
        var undone = Tool.run("trust", "revoke", file, BUILD, "--undo");
        var lifted = Tool.run("trust", "floor", file, "m", "none");

        // Then
        assertThat(undone.out().strip()).isEqualTo(file + " no longer revokes " + BUILD);
        assertThat(lifted.out().strip()).isEqualTo(file + " takes builds of m of any age");
        assertThat(read(file)).isEqualTo(new TrustedKeys(List.of(first)));
        assertThat(Tool.run("trust", "revoke", file, BUILD, "--undo").err())
                .contains(file + " does not revoke " + BUILD);
    }

    @Test
    void whatIsWrongIsSaidAndTheFileStaysAsItWas() throws Exception {
        var file = file(new TrustedKeys(List.of(first)));
        assertThat(Tool.run("trust", "revoke", file, "v1").exit()).isEqualTo(2);
        assertThat(Tool.run("trust", "revoke", file, BUILD, "--reason", "a\nb").err())
                .contains("reason must be one line");
        assertThat(Tool.run("trust", "floor", file, "m", "yesterday").err())
                .contains("time 'yesterday' must be like 2026-02-01T00:00:00Z, or none");
        assertThat(Tool.run("trust", "revoke", folder.resolve("none.json"), BUILD)
                        .err())
                .contains("none.json must be a JSON list of Ed25519 public keys");
        assertThat(Tool.run("trust").err()).contains("must be one of keys, revoke, floor");
        assertThat(read(file)).isEqualTo(new TrustedKeys(List.of(first)));
    }

    @Test
    void aLinkToTheTrustRootStaysALink() throws Exception {
        // Given
        var file = file(new TrustedKeys(List.of(first)));
        var link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("etc")).resolve("trust.json"), file);

        // When
        Tool.run("trust", "revoke", link, BUILD);

        // Then
        assertThat(link).isSymbolicLink();
        assertThat(read(file).revoked()).containsExactly(new Revoked(BUILD, Optional.empty()));
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    private Path file(TrustedKeys trust) throws IOException {
        return Files.write(folder.resolve("trust.json"), trust.toJson());
    }

    private static TrustedKeys read(Path file) throws IOException {
        return TrustedKeys.read(Files.readAllBytes(file));
    }
}
