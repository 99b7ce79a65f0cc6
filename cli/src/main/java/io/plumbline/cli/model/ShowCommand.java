package io.plumbline.cli.model;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.client.SignatureClient;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline model show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the versions of a model with their builds, who signed them, and what was refused and why.")
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "The model.")
    private String model = "";

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What is printed as JSON.
     *
     * @param signatures of every build, by its digest
     */
    record Shown(ModelView view, Map<String, List<VerifyCommand.Verified>> signatures) {}

    @Override
    public Integer call() throws ClientException {
        var name = Typed.model(spec, model);
        var view = new RegistryClient(registry.url()).view(name);
        var signatures = signatures(view);
        var out = spec.commandLine().getOut();
        if (registry.json()) {
            out.println(Json.pretty(new Shown(view, signatures)));
        } else {
            ModelPage.show(view, build -> words(signatures, build)).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    /** Told by the keys that the registry says are its own; {@code model verify} asks a trust root. */
    private Map<String, List<VerifyCommand.Verified>> signatures(ModelView view) throws ClientException {
        var client = new SignatureClient(registry.url());
        var keys = client.trust();
        Map<String, List<VerifyCommand.Verified>> all = new LinkedHashMap<>();
        for (var version : view.versions()) {
            for (var build : version.builds()) {
                var digest = build.manifest();
                if (!all.containsKey(digest.value())) {
                    var envelopes = client.of(view.model(), digest);
                    var report = VerifyCommand.report(digest, envelopes, keys);
                    all.put(digest.value(), report.signatures());
                }
            }
        }
        return all;
    }

    private static String words(Map<String, List<VerifyCommand.Verified>> signatures, Digest build) {
        var words = new ArrayList<String>();
        for (var one : signatures.getOrDefault(build.value(), List.of())) {
            words.add(one.key().map(id -> "the registry's key " + id).orElse("a key that is not the registry's"));
        }
        return words.isEmpty() ? "not signed" : "signed by " + String.join(" and ", words);
    }
}
