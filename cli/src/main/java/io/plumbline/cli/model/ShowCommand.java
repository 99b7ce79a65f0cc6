package io.plumbline.cli.model;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.cli.show.Listed;
import io.plumbline.cli.show.Repeat;
import io.plumbline.client.ClientException;
import io.plumbline.client.SignatureClient;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Mixin
    private Repeat repeat = new Repeat();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What is printed as JSON.
     *
     * @param signatures of every build, by its digest
     * @param unreadable how many further ones are no signatures, where there are any
     */
    record Shown(
            ModelView view, Map<String, List<VerifyCommand.Verified>> signatures, Map<String, Integer> unreadable) {

        static Shown of(ModelView view, Map<String, VerifyCommand.Report> reports) {
            Map<String, List<VerifyCommand.Verified>> signatures = new LinkedHashMap<>();
            Map<String, Integer> unreadable = new LinkedHashMap<>();
            reports.forEach((build, report) -> {
                signatures.put(build, report.signatures());
                if (report.unreadable() > 0) {
                    unreadable.put(build, report.unreadable());
                }
            });
            return new Shown(view, signatures, unreadable);
        }
    }

    @Override
    public Integer call() throws ClientException, InterruptedException {
        var name = Typed.model(spec, model);
        return repeat.print(registry.json(), () -> listed(name));
    }

    private Listed listed(ModelName name) throws ClientException {
        var view = new RegistryClient(registry.server()).view(name);
        var signatures = signatures(view);
        return new Listed(Shown.of(view, signatures), () -> ModelPage.show(view, build -> words(signatures, build)));
    }

    /** Told by the keys that the registry says are its own; {@code model verify} asks a trust root. */
    private Map<String, VerifyCommand.Report> signatures(ModelView view) throws ClientException {
        var client = new SignatureClient(registry.server());
        var keys = client.trust();
        Map<String, VerifyCommand.Report> all = new LinkedHashMap<>();
        for (var version : view.versions()) {
            for (var build : version.builds()) {
                var digest = build.manifest();
                if (!all.containsKey(digest.value())) {
                    all.put(
                            digest.value(),
                            VerifyCommand.report(digest, client.of(view.model(), digest), keys, Optional.empty()));
                }
            }
        }
        return all;
    }

    private static String words(Map<String, VerifyCommand.Report> signatures, Digest build) {
        var report = signatures.get(build.value());
        if (report == null) {
            return "not signed";
        }
        var words = new ArrayList<String>();
        for (var one : report.signatures()) {
            words.add(one.key().map(id -> "the registry's key " + id).orElse("a key that is not the registry's"));
        }
        var signed = words.isEmpty() ? "not signed" : "signed by " + String.join(" and ", words);
        return report.unreadable() == 0 ? signed : signed + ", and has " + report.unreadableInWords();
    }
}
