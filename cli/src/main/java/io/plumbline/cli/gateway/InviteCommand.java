package io.plumbline.cli.gateway;

import io.plumbline.cli.option.Asker;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.option.TimeSpan;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.contract.enrolment.InvitationRequest;
import io.plumbline.contract.enrolment.NewInvitation;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline gateway invite}. */
@Command(
        name = "invite",
        mixinStandardHelpOptions = true,
        description =
                "Makes a token with which one gateway may come into the fleet, once. The token alone is printed, this one time; give it to"
                        + " the gateway in a file (plumbline.gateway.join-token-file) or in the variable PLUMBLINE_JOIN_TOKEN.")
final class InviteCommand implements Callable<Integer> {

    @Option(names = "--site", paramLabel = "SITE", description = "Where it will stand (default: as the gateway says).")
    private Optional<String> site = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Labels that it will have, such as hardware=nuc,isa=x64-vnni.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long the token can be used, 1m to 30d (default: ${DEFAULT-VALUE}).",
            defaultValue = "1h")
    private Duration expires = Duration.ZERO;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept.")
    private String reason = "";

    @Mixin
    private Asker asker = new Asker();

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var where = site.map(text -> Typed.checked(spec, text, SiteId::new));
        var invitation = fleet.enrolments().invite(new InvitationRequest(where, labels, expires, asker.name(), reason));
        var out = spec.commandLine().getOut();
        out.println(fleet.json() ? Json.pretty(invitation) : invitation.token());
        out.flush();
        if (!fleet.json()) {
            spec.commandLine().getErr().println(explained(invitation));
        }
        return 0;
    }

    private static String explained(NewInvitation invitation) {
        return "for one gateway"
                + invitation.site().map(name -> " on site " + name).orElse("") + ", until " + invitation.expires()
                + "; it is not shown again";
    }
}
