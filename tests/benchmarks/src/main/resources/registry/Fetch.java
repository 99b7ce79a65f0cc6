import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.adapter.engine.EngineChoices;
import io.plumbline.gateway.adapter.registry.OciBuilds;
import io.plumbline.gateway.adapter.registry.Patience;
import io.plumbline.gateway.adapter.registry.TrustRoot;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;

/** Fetches a build as the packaged gateway does, with its own code. Compiled at its start against the gateway's jars. */
public final class Fetch {

    public static void main(String[] arguments) throws Exception {
        var registry = URI.create(arguments[0]);
        var folder = Path.of(arguments[1]);
        var builds = new OciBuilds(
                new OciBuilds.Upstream(HttpClient.newHttpClient(), registry, Patience.DEFAULT),
                new ModelFolder(folder.resolve("models"), 1L << 30),
                new TrustRoot(folder.resolve("trust.json"), Clock.systemUTC()),
                new EngineChoices(folder.resolve("engines.json")));
        builds.fetch(new ModelName(arguments[2]), new Digest(arguments[3]));
        System.out.println("FETCHED");
        System.exit(0);
    }
}
