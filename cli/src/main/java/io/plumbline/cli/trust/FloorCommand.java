package io.plumbline.cli.trust;

import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.artifact.TrustedKeys.Floor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline trust floor}. */
@Command(
        name = "floor",
        mixinStandardHelpOptions = true,
        description =
                "Takes all builds of a model back that were made before a time: gateways with this trust root refuse them.",
        footer = "plumbline model show MODEL says when each build was made.")
final class FloorCommand implements Callable<Integer> {

    private static final String NONE = "none";

    @Parameters(index = "0", paramLabel = "FILE", description = "The trust root.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "MODEL", description = "The model.")
    private String model = "";

    @Parameters(
            index = "2",
            paramLabel = "TIME",
            description = "The oldest that a build may be, ISO 8601 (2026-02-01T00:00:00Z); or none.")
    private String time = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var name = Typed.model(spec, model);
        var before = TrustFile.read(file);
        var models = new HashMap<>(before.models());
        if (time.equals(NONE)) {
            models.remove(name);
        } else {
            models.put(name, new Floor(Typed.checked(spec, time, FloorCommand::instant)));
        }
        var after = new TrustedKeys(before.keys(), before.revoked(), models);
        TrustFile.write(file, after);
        var out = spec.commandLine().getOut();
        out.println(file
                + after.notBefore(name)
                        .map(floor -> " refuses builds of " + name + " that were made before " + floor)
                        .orElse(" takes builds of " + name + " of any age"));
        out.flush();
        return 0;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("time '" + text + "' must be like 2026-02-01T00:00:00Z, or " + NONE, e);
        }
    }
}
