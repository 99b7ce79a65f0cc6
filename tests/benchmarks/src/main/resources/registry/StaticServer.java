import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

/** One file over HTTP with sendFile and nothing else. Compiled at its start against the jars of the packaged registry: the same stack. */
public final class StaticServer {

    public static void main(String[] arguments) throws Exception {
        var file = arguments[0];
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[1]));
        var loops = Runtime.getRuntime().availableProcessors();
        Vertx.vertx()
                .deployVerticle(
                        () -> new AbstractVerticle() {
                            @Override
                            public void start() {
                                vertx.createHttpServer(options)
                                        .requestHandler(request -> request.response()
                                                .putHeader("Content-Type", "application/octet-stream")
                                                .sendFile(file))
                                        .listen();
                            }
                        },
                        new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("READY");
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
