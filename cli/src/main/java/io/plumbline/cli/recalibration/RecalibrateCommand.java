package io.plumbline.cli.recalibration;

import io.plumbline.cli.client.RecalibrationClient;
import io.plumbline.cli.option.Asker;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.cli.show.Watching;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline recalibrate}. */
@Command(
        name = "recalibrate",
        mixinStandardHelpOptions = true,
        description =
                "Asks the registry to recalibrate the build of a model that runs, on what its gateways see now; no reading"
                        + " leaves them. Exit codes: 0 taken or accepted, 3 refused, 1 something failed, 2 a wrong command line.")
public final class RecalibrateCommand implements Callable<Integer> {

    private static final int REFUSED = 3;

    @Parameters(paramLabel = "MODEL", arity = "0..1", description = "The model; it needs none with --cancel.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--build",
            paramLabel = "DIGEST",
            description = "The build, where gateways run several (default: the one that runs).")
    private Optional<String> build = Optional.empty();

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description =
                    "Whose readings are to be used; may be given more than once (default: all sites that run the build).")
    private List<String> sites = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Mixin
    private Asker asker = new Asker();

    @Option(
            names = "--force",
            description = "Also where the verdict is CONCEPT_DRIFT, and before cooldown and daily budget allow it.")
    private boolean force;

    @Option(names = "--wait", description = "Tells what happens until it is over.")
    private boolean wait;

    @Option(names = "--cancel", paramLabel = "ID", description = "Ends a recalibration that is not over.")
    private Optional<String> cancelled = Optional.empty();

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        if (model.isPresent() == cancelled.isPresent()) {
            throw wrong("give either the MODEL to recalibrate, or --cancel and the ID of a recalibration");
        }
        var out = spec.commandLine().getOut();
        var view = cancelled.isPresent()
                ? client().cancel(cancelled.get(), asker.name())
                : client().demand(demand(model.get()));
        if (cancelled.isEmpty() && wait) {
            view = followed(view, out);
        }
        if (registry.json()) {
            out.println(Json.pretty(view));
        } else {
            RecalibrationPage.outcome(view).forEach(out::println);
        }
        out.flush();
        return cancelled.isEmpty() && view.step().equals("REFUSED") ? REFUSED : 0;
    }

    private RecalibrationView.Demand demand(String name) {
        var named = new ArrayList<SiteId>();
        sites.forEach(site -> named.add(Typed.checked(spec, site, SiteId::new)));
        return new RecalibrationView.Demand(
                Optional.empty(),
                Typed.model(spec, name),
                build.map(text -> Typed.digest(spec, text)),
                named,
                asker.name(),
                reason,
                force);
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private RecalibrationView followed(RecalibrationView begun, PrintWriter out)
            throws ClientException, InterruptedException {
        var view = begun;
        var id = begun.request().id();
        var watching = new Watching(spec.commandLine().getErr());
        var told = 0;
        for (; ; ) {
            if (!registry.json()) {
                RecalibrationPage.lines(
                                view.history().subList(told, view.history().size()))
                        .forEach(out::println);
                out.flush();
            }
            told = view.history().size();
            if (view.outcome().isPresent()) {
                return view;
            }
            view = watching.ask(() -> client().show(id));
        }
    }

    private RecalibrationClient client() throws ClientException {
        return new RecalibrationClient(registry.server());
    }
}
